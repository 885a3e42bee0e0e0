import { join } from 'node:path';
import type { Dataset } from '../dataset/types.ts';
import { logOfSum } from '../decoding/log-of-sum.ts';
import { scoreHistories } from '../decoding/score-histories.ts';
import { weightsFile } from '../embedding/behaviour/behaviour-files.ts';
import { cachedMatrix } from '../embedding/cached-matrix.ts';
import { popularityOf } from '../evaluation/popularity.ts';
import { drawAsIfNew, logWithout } from '../fusion/as-if-new.ts';
import type { Recipe } from '../recipe/schema.ts';
import { levelFor } from '../shared/level-for.ts';
import { createMatrix, type Matrix } from '../shared/matrix.ts';
import { createRandom, shuffle } from '../shared/random.ts';
import { hashFile, hashNumbers } from '../storage/hash.ts';
import { openPredictedEncoders } from './predicted-encoders.ts';
import { behaviourFolders, predictedRowsFolder } from './stage-files.ts';

export interface ColdLevelGiven {
  dataset: Dataset;
  embeddingFolder: string;
  recipe: Recipe;
  /** Vectors of texts, [items x width]. */
  semantic: Matrix;
  cold: ReadonlySet<number>;
}

/** More of them hardly change the level. */
const mostHistories = 500;

/** To be raised when another level follows from the same, so that kept ones are not used. */
const version = 1;

/**
 * What is added to the scores of items with predicted rows, so that they are as probable as the log says of such items: a
 * tenth of the items that were taken get predicted rows, too, and behind the histories of the log without them they get,
 * on average, the share of the probability that they have of its events. A predicted row is nearer to what all rows have
 * in common than a learned one is: of few customers, such rows would come first behind every history.
 * 0 where there is nothing to tell from. It is kept beside the predicted rows.
 */
export async function coldLevel({
  dataset,
  embeddingFolder,
  recipe,
  semantic,
  cold,
}: ColdLevelGiven): Promise<number> {
  const { seed } = recipe;
  const counts = popularityOf(dataset);
  const taken = [...counts.keys()].filter((item) => !cold.has(item));
  if (taken.length < 2) return 0;
  const hidden = drawAsIfNew(taken, seed);
  const log = logWithout(dataset, hidden);
  const histories = someHistories(log, seed);
  if (histories.length === 0) return 0;
  const measure = async () => {
    const encoders = await openPredictedEncoders(embeddingFolder, recipe, {
      items: new Set([...cold, ...hidden]),
      semantic,
      counts: popularityOf(log),
    });
    const [drawn, others] = [[...hidden], taken.filter((item) => !hidden.has(item))];
    try {
      const odds = await scoreHistories(
        histories,
        { score: encoders.score, items: counts.length },
        (scores) => logOfThose(scores, drawn) - logOfThose(scores, others),
      );
      return levelFor(odds, total(counts, drawn) / total(counts, taken));
    } finally {
      await encoders.dispose();
    }
  };
  const weights = behaviourFolders(embeddingFolder, recipe).map((folder) => join(folder, weightsFile));
  const followsFrom = {
    level: version,
    seed,
    histories: histories.map((history) => hashNumbers(history)),
    counts: hashNumbers(counts),
    cold: hashNumbers(Int32Array.from(cold).sort()),
    semantic: hashNumbers(semantic.data),
    encoders: await Promise.all(weights.map(hashFile)),
  };
  const { data } = await cachedMatrix(predictedRowsFolder(embeddingFolder), followsFrom, async () =>
    inTwo(await measure()),
  );
  return data[0] + data[1];
}

/** A number as a matrix of float32, which holds half of its digits: what is left goes beside it. */
function inTwo(value: number): Matrix {
  return createMatrix(1, 2, Float32Array.of(value, value - Math.fround(value)));
}

function someHistories({ userIds, events, offsets, historyLimit }: Dataset, seed: number): Int32Array[] {
  const users = shuffle(Int32Array.from(userIds.keys()), createRandom(seed, 'cold level'));
  return Array.from(users, (user) => events.slice(offsets[user], offsets[user + 1]).slice(-historyLimit))
    .filter(({ length }) => length > 0)
    .slice(0, mostHistories);
}

function logOfThose(scores: Float32Array, items: readonly number[]): number {
  return logOfSum(Float32Array.from(items, (item) => scores[item]));
}

function total(counts: Float32Array, items: readonly number[]): number {
  return items.reduce((sum, item) => sum + counts[item], 0);
}
