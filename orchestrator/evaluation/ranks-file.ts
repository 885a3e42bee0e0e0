import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { openSafetensors, writeSafetensors } from '../storage/safetensors.ts';

export const ranksFile = 'ranks.safetensors';

/** Ranks of the targets by method, [users] each, in the order of the users; so that runs can be compared user by user. */
export function writeRanks(folder: string, methods: readonly { name: string; ranks: Int32Array }[]): void {
  writeSafetensors(
    join(folder, ranksFile),
    Object.fromEntries(methods.map(({ name, ranks }) => [name, { shape: [ranks.length], data: ranks }])),
  );
}

/** The ranks of one method, the model by default. Throws a UserError where they are missing. */
export function readRanks(folder: string, method = 'eager-llm'): Int32Array {
  const place = join(folder, ranksFile);
  const file = openSafetensors(place);
  try {
    const { data } = file.read(method);
    if (data instanceof Int32Array) return data;
    throw new UserError('evaluation/broken-ranks', `"${method}" does not hold ranks`, {
      place,
      remedy: 'Evaluate again: `eager-llm run` with --from evaluation writes the file anew.',
    });
  } finally {
    file.close();
  }
}
