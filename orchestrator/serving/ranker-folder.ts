import { join } from 'node:path';
import { rankerFile } from '../fusion/ranker-file.ts';
import { hasKeptRanker } from '../opened-run/kept-ranker.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { isThere } from '../storage/is-there.ts';
import type { RunArtefacts } from './run-artefacts.ts';

/**
 * Where a run has its ranker: of its evaluation, or, while that is made anew and where it has none, kept beside the
 * stages. Null where nothing was learned yet. Throws a UserError for one that was changed since.
 */
export async function rankerFolder({
  folder,
  stateOf,
  verify,
}: Pick<RunArtefacts, 'folder' | 'stateOf' | 'verify'>): Promise<string | null> {
  const evaluated = join(folder, stageFolderName('evaluation'));
  if (stateOf('evaluation') === 'done' && isThere(join(evaluated, rankerFile))) {
    await verify('evaluation', [rankerFile]);
    return evaluated;
  }
  return (await hasKeptRanker(folder)) ? folder : null;
}
