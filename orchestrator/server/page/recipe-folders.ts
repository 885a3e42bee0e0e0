import { join, resolve } from 'node:path';
import { packageRoot } from '../../shared/package-root.ts';
import type { RoomOptions } from '../create-server.ts';

/**
 * Where files may lie that a recipe from the page names: what comes with eager-llm, the runs, `recipes/` and `datasets/`
 * of the folder where the server was started, and what its operator adds.
 */
export function recipeFolders({ runsFolder, dataFolders = [] }: RoomOptions): string[] {
  const shipped = ['recipes', 'datasets', 'prompts', 'vocab-extensions'];
  return [
    ...shipped.map((name) => join(packageRoot, name)),
    ...['recipes', 'datasets', runsFolder, ...dataFolders].map((folder) => resolve(folder)),
  ].filter((folder, at, all) => all.indexOf(folder) === at);
}
