import type { Dataset, EvaluationCase } from '../dataset/types.ts';
import type { Candidates } from '../decoding/candidates.ts';
import { createColdRanking } from '../decoding/rank-cold.ts';
import { loadBehaviourEnsemble } from '../embedding/behaviour/ensemble.ts';
import { encoderRow } from '../evaluation/baselines/rank-encoder.ts';
import { countingBaselines } from '../evaluation/baselines.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import { type EvaluateOptions, evaluateScorer, type ScorerRanks } from '../evaluation/evaluate-scorer.ts';
import { evaluateSparse } from '../evaluation/evaluate-sparse.ts';
import { createSparseLists } from '../evaluation/list-sparse.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { FolderOf } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';
import { type CountingName, readsEmbedding } from '../shared/recommender-names.ts';
import { mayListSeen } from './both-lists.ts';
import { behaviourFolders } from './stage-files.ts';

/** The longest list of one search. */
export const plainWidth = 100;

/** What a run without a model recommends by. */
export interface PlainRecommender {
  /** How tables call it. */
  name: string;
  /** Items behind each history, best first, each as a code of its own; for each history the allowed items, null for all. */
  rank(
    histories: readonly Int32Array[],
    candidates?: readonly (Candidates | null)[],
  ): Promise<RankedCode[][]>;
  /** The place of each target among all items. */
  evaluate(cases: readonly EvaluationCase[], options: EvaluateOptions): Promise<ScorerRanks>;
  dispose(): Promise<void>;
}

/** Opens it. Throws a UserError where the training log has nothing to count, or an encoder is missing. */
export async function openPlainRecommender(
  recipe: Recipe,
  dataset: Dataset,
  folderOf: FolderOf,
): Promise<PlainRecommender> {
  const { recommender } = recipe;
  if (recommender === 'generative') throw new Error('a model is opened by openRunModel');
  if (readsEmbedding(recommender)) return openEncoder(recipe, dataset, folderOf('embedding'));
  return openCounting(recommender, recipe, dataset);
}

async function openEncoder(recipe: Recipe, dataset: Dataset, folder: string): Promise<PlainRecommender> {
  const folders = behaviourFolders(folder, recipe);
  const { score, dispose } = await loadBehaviourEnsemble(folders);
  const items = dataset.items.length;
  const all = new Set(dataset.items.keys());
  const rank = createColdRanking({
    score: (asked) => score([...asked]),
    cold: all,
    items,
    width: plainWidth,
  });
  const row = encoderRow(recipe.embedding.behaviour);
  return {
    name: folders.length > 1 ? `${row} x${folders.length}` : row,
    rank: async (histories, candidates) =>
      (await rank(histories, candidates)).map((list) => list.map(({ items, score }) => ({ items, score }))),
    evaluate: (cases, options) => evaluateScorer(cases, score, options),
    dispose,
  };
}

function openCounting(name: CountingName, recipe: Recipe, dataset: Dataset): PlainRecommender {
  const { evaluation: settings, decoding } = recipe;
  const listsSeen = mayListSeen(decoding, dataset);
  const scorer = countingBaselines[name].prepare({ dataset, settings, listsSeen });
  if ('leftOut' in scorer)
    throw new UserError(
      'recommender/nothing-to-count',
      `${name} has nothing to recommend: ${scorer.leftOut}`,
      {
        place: 'recommender',
        remedy: 'Set recommender to popularity, what-followed or bought-together.',
      },
    );
  return {
    name,
    rank: createSparseLists(scorer, { items: dataset.items.length, width: plainWidth }),
    evaluate: (cases, options) => evaluateSparse(cases, scorer, options),
    dispose: async () => {},
  };
}
