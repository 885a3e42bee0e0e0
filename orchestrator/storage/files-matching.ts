import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { byNumber } from '../shared/by-number.ts';
import { isThere } from './is-there.ts';

/** `export/orders-*.csv`: `*` and `?` in the name stand for any letters; a file that is really called so is meant itself. */
export function isPattern(path: string): boolean {
  return /[*?]/.test(basename(path)) && !isThere(path);
}

/** Files whose names fit, by the numbers in them. */
export function filesMatching(pattern: string): string[] {
  const folder = dirname(pattern);
  if (!isThere(folder)) return [];
  const source = basename(pattern)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const fits = new RegExp(`^${source}$`);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && fits.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .sort(byNumber);
}
