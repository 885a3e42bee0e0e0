import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isFile } from '../storage/is-file.ts';

const program = /\.[cm]?js$/;
const quotedPath = /(['"`])(\.{1,2}\/[^'"`\n]+)\1/g;
/** `new URL('weights.json', import.meta.url)`, `join(here, 'weights.json')` */
const quotedName = /(['"`])([\w@-][\w@./-]*\.\w+)\1/g;
/** What `require` tries behind a path. */
const endings = ['', '.js', '.cjs', '.json', '/index.js'];

/**
 * The files that decide what modules do: each, and every file that it or one of these names in quotation marks, as a
 * relative path (`'./weights.json'`, `'./helper'`) or by its name beside (`'weights.json'`). Packages that they import
 * count by what they say of them alone.
 */
export function moduleFiles(modules: readonly string[]): string[] {
  const found = new Set<string>();
  const open = [...modules];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (program.test(file)) open.push(...namedBy(file));
  }
  return [...found].sort();
}

/** One that is missing has no others; whoever reads it says so. */
function namedBy(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const folder = dirname(file);
  const paths = [...text.matchAll(quotedPath)].map(
    ([, , path]) => endings.map((ending) => resolve(folder, path + ending)).find(isFile) ?? [],
  );
  const names = [...text.matchAll(quotedName)].map(([, , name]) => resolve(folder, name)).filter(isFile);
  return [...paths.flat(), ...names];
}
