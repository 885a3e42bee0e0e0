import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isThere } from '../storage/is-there.ts';
import { readManifest } from './manifest.ts';
import { damagedStage } from './whole-stages.ts';

/**
 * Compares small files of a finished stage with what it wrote, for whoever reads these alone. Throws a UserError for one
 * that was changed since; files that are not there are left to their readers.
 */
export function checkIntact(stageFolder: string, paths: readonly string[]): void {
  const written = readManifest(stageFolder)?.files ?? [];
  const damage = written
    .filter(({ path }) => paths.includes(path) && isThere(join(stageFolder, path)))
    .filter(({ path, sha256 }) => hashOf(join(stageFolder, path)) !== sha256)
    .map(({ path }) => ({ path, what: 'holds other bytes than the stage wrote (SHA-256)' }));
  if (damage.length > 0) throw damagedStage(dirname(stageFolder), basename(stageFolder), damage);
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
