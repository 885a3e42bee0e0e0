import type { ItemIndex } from '../item-index/types.ts';
import type { BaselinesGiven } from './baselines/baseline.ts';
import { rankBaselines } from './baselines.ts';
import { mostSharedDigits } from './breakdown.ts';
import type { EvaluatedMethod } from './build-result.ts';
import { evaluateKinds, type ListOptions, type Lists, type Recommender } from './evaluate-lists.ts';
import type { EvaluateOptions } from './evaluate-scorer.ts';
import { generatedAlone } from './own-row.ts';
import type { EvaluationSettings } from './settings.ts';

export interface RankGiven extends Omit<BaselinesGiven, 'options' | 'settings'> {
  index: ItemIndex;
  /** The model: the lists that it generates, and those that are shown. */
  search(...asked: Parameters<Recommender>): Promise<{ generated: Lists[]; shown: Lists[] }>;
  /** Those that are shown are ranked anew: generated ones have a row of their own. */
  rankedAnew: boolean;
  /** Whether lists may contain items that the user has seen. */
  listsSeen: boolean;
}

export interface RankedMethods {
  /** The baselines, then the model. */
  methods: EvaluatedMethod[];
  /** [cases] digits that the best fitting beam of the model shares with the target's code, from the first on. */
  sharedDigits: Uint8Array;
}

/** Baselines and model, ranked over the whole catalogue for every case. */
export async function rankMethods(
  settings: Pick<EvaluationSettings, 'cutoffs' | 'baselines' | 'recent_days' | 'other_encoder'>,
  given: RankGiven,
  { report, signal }: Pick<EvaluateOptions, 'report' | 'signal'>,
): Promise<RankedMethods> {
  const { cutoffs, baselines } = settings;
  const { cases, dataset, index, search, rankedAnew, listsSeen } = given;
  const options: EvaluateOptions = {
    items: dataset.items.length,
    coverageCutoff: Math.max(...cutoffs),
    batchSize: 512,
    listsSeen,
    report,
    signal,
  };
  const others = await rankBaselines(baselines, { ...given, settings, options });
  const name = 'eager-llm';
  const sharedDigits = new Uint8Array(cases.length);
  const codeOf = (item: number) => index.codes.subarray(item * index.levels, (item + 1) * index.levels);
  const watch: ListOptions['watch'] = (place, list) => {
    const codes = list.filter(({ items }) => items.length > 0).map(({ items }) => codeOf(items[0]));
    sharedDigits[place] = mostSharedDigits(codeOf(cases[place].target), codes);
  };
  const kinds = rankedAnew ? (['generated', 'shown'] as const) : (['shown'] as const);
  const { generated, shown } = await evaluateKinds(cases, kinds, search, { ...options, label: name, watch });
  if (generated) others.push({ name: generatedAlone, ranked: generated });
  return { methods: [...others, { name, ranked: shown }], sharedDigits };
}
