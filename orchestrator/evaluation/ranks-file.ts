import { join } from 'node:path';
import type { EvaluationCase } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';
import { openSafetensors, writeSafetensors } from '../storage/safetensors.ts';
import { ownRow } from './own-row.ts';
import { readResult, resultFile } from './result.ts';
import { ownProtocol, type Seen } from './seen-items.ts';

export const ranksFile = 'ranks.safetensors';

/** Results of one method on the cases of an evaluation, [cases] each. */
export interface CaseRanks {
  /** User and target of each case, as the dataset numbers them. */
  users: Int32Array;
  targets: Int32Array;
  /** Rank of the target with seen items kept, and with these removed. Older files may lack the first. */
  kept: Int32Array | null;
  removed: Int32Array;
}

/** Ranks of the targets by method, so that runs can be compared user by user; under its name alone those of its `own` lists. */
export function writeRanks(
  folder: string,
  cases: readonly EvaluationCase[],
  methods: readonly { name: string; kept: Int32Array; removed: Int32Array }[],
  own: Seen,
): void {
  const column = (data: Int32Array) => ({ shape: [data.length], data });
  writeSafetensors(join(folder, ranksFile), {
    [usersName]: column(Int32Array.from(cases, ({ user }) => user)),
    [targetsName]: column(Int32Array.from(cases, ({ target }) => target)),
    ...Object.fromEntries(
      methods.flatMap(({ name, kept, removed }) => [
        [name, column(own === 'kept' ? kept : removed)],
        [keptName(name), column(kept)],
        [removedName(name), column(removed)],
      ]),
    ),
  });
}

/** The ranks of one method, by default the run's own. Throws a UserError where they are missing. */
export function readRanks(folder: string, method = ownMethod(folder)): CaseRanks {
  const place = join(folder, ranksFile);
  const file = openSafetensors(place);
  const column = (name: string): Int32Array => {
    const { data } = file.entries.has(name) ? file.read(name) : { data: null };
    if (data instanceof Int32Array) return data;
    throw new UserError('evaluation/broken-ranks', `has no ranks called "${name}"`, {
      place,
      remedy: 'Evaluate again: `eager-llm run` with --from evaluation rewrites the file.',
    });
  };
  try {
    return {
      users: column(usersName),
      targets: column(targetsName),
      kept: file.entries.has(keptName(method))
        ? column(keptName(method))
        : olderKept(folder, () => column(method)),
      removed: column(removedName(method)),
    };
  } finally {
    file.close();
  }
}

const usersName = 'user of each case';
const targetsName = 'target of each case';

/** Whether they are answers to the same questions, in the same order. */
export function sameCases(all: readonly (CaseRanks | null)[]): boolean {
  const [first] = all;
  return all.every(
    (each) =>
      each &&
      first &&
      (['users', 'targets'] as const).every(
        (name) =>
          each[name].length === first[name].length &&
          each[name].every((value, at) => value === first[name][at]),
      ),
  );
}

/** Older files have the ranks of the lists that the recipe makes, which hold seen items or do not. */
function olderKept(folder: string, own: () => Int32Array): Int32Array | null {
  return ownProtocol(readResult(join(folder, resultFile)).protocol) === 'kept' ? own() : null;
}

function keptName(method: string): string {
  return `${method}, seen items kept`;
}

function removedName(method: string): string {
  return `${method}, seen items removed`;
}

function ownMethod(folder: string): string {
  return ownRow(readResult(join(folder, resultFile)).methods).name;
}
