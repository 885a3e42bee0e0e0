import { join } from 'node:path';
import { rankerFile } from '../fusion/ranker-file.ts';
import { isThere } from '../storage/is-there.ts';
import type { RunArtefacts } from './run-artefacts.ts';

/**
 * Where a run keeps its ranker: of its own, which it took from an evaluated run, or of its evaluation. Throws a UserError
 * where that is not finished, or was changed.
 */
export async function rankerFolder({
  folder,
  folderOf,
  verify,
}: Pick<RunArtefacts, 'folder' | 'folderOf' | 'verify'>): Promise<string> {
  if (isThere(join(folder, rankerFile))) return folder;
  const evaluated = folderOf('evaluation');
  await verify('evaluation', [rankerFile]);
  return evaluated;
}
