import type { ItemIndex } from '../item-index/types.ts';
import type { BaselinesGiven } from './baselines/baseline.ts';
import { rankBaselines } from './baselines.ts';
import { mostSharedDigits } from './breakdown.ts';
import type { EvaluatedMethod } from './build-result.ts';
import { evaluateLists, type Recommender } from './evaluate-lists.ts';
import type { EvaluateOptions } from './evaluate-scorer.ts';
import type { EvaluationSettings } from './settings.ts';

export interface RankGiven extends Omit<BaselinesGiven, 'options' | 'settings'> {
  index: ItemIndex;
  /** The model. */
  recommend: Recommender;
  /** The lists that the model generates, where those of `recommend` are ranked anew: a row of their own. */
  generated?: Recommender | null | undefined;
  /** Whether lists may contain items that the user has seen. */
  listsSeen: boolean;
}

export interface RankedMethods {
  /** The baselines, then the model. */
  methods: EvaluatedMethod[];
  /** [cases] digits that the best fitting beam of the model shares with the target's code, from the first on. */
  sharedDigits: Uint8Array;
}

type ListOptions = Parameters<typeof evaluateLists>[2];

/** The row of the model's lists as its beams find them, where they are ranked anew. */
const generatedAlone = 'generated alone';

/** Baselines and model, ranked over the whole catalogue for every case. */
export async function rankMethods(
  settings: Pick<EvaluationSettings, 'cutoffs' | 'baselines' | 'recent_days'>,
  given: RankGiven,
  { report, signal }: Pick<EvaluateOptions, 'report' | 'signal'>,
): Promise<RankedMethods> {
  const { cutoffs, baselines } = settings;
  const { cases, dataset, index, recommend, generated, listsSeen } = given;
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
  if (generated) {
    const ranked = await evaluateLists(cases, generated, { ...options, label: generatedAlone, watch });
    others.push({ name: generatedAlone, ranked });
  }
  const own: ListOptions = { ...options, label: name, ...(generated ? {} : { watch }) };
  const ranked = await evaluateLists(cases, recommend, own);
  return { methods: [...others, { name, ranked }], sharedDigits };
}
