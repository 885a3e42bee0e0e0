import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { temporaryFolder } from '../temporary-folder.ts';

/** A temporary folder with the given files and an empty `data/`; returns the way to a file in it. */
export function withRecipes(
  t: ExecutionContext,
  files: Record<string, string | Buffer>,
): (name: string) => string {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'data'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return (name) => join(folder, name);
}

/** The least that is a recipe; nine lines, so that further ones begin at line 10. */
export const smallRecipe = `dataset:
  format: sequences
  path: data
training:
  stages:
    - name: alignment
      tuning: full
      tasks:
        sequential-recommendation: 1
`;
