import type { SplitCases } from '../dataset/split-cases.ts';
import type { Dataset, EvaluationCase, Split } from '../dataset/types.ts';
import type { DecodingSettings } from '../decoding/settings.ts';
import type { ResultOptions } from './build-result.ts';
import { popularityOf } from './popularity.ts';
import type { EvaluationSettings } from './settings.ts';

/** The protocol of a recipe: what the record of an evaluation says, whoever evaluates. */
export function resultOptions(
  {
    seed,
    evaluation,
    decoding,
  }: { seed: number; evaluation: EvaluationSettings; decoding: DecodingSettings },
  dataset: Dataset,
  {
    split,
    all,
    cases,
    listsSeen,
    signal,
    generates = true,
  }: {
    split: Split;
    /** Cases of the split, and those of them that were asked. */
    all: Pick<SplitCases, 'users'>;
    cases: readonly EvaluationCase[];
    /** Whether lists may contain items that the user has seen. */
    listsSeen: boolean;
    /** Whether a method writes codes: only then there are beams. */
    generates?: boolean | undefined;
    signal?: AbortSignal | undefined;
  },
): ResultOptions {
  const counts = popularityOf(dataset);
  // Metrics of modules are loaded by whoever may run them.
  const { metrics: _modules, ...settings } = evaluation;
  return {
    ...settings,
    split,
    signal,
    users: Int32Array.from(cases, ({ user }) => user),
    usersInSplit: all.users,
    seenTargets: cases.filter(({ seen, target }) => seen.includes(target)).length,
    coldTargets: Uint8Array.from(cases, ({ target }) => (counts[target] === 0 ? 1 : 0)),
    listsSeen,
    seed,
    items: dataset.items.length,
    historyLimit: dataset.historyLimit,
    num_beams: generates ? decoding.num_beams : null,
    cold_items: generates ? decoding.cold_items : null,
    dataset: dataset.protocol ? { ...dataset.protocol, notices: dataset.notices ?? [] } : undefined,
  };
}
