import { compile } from '../engine/program.ts';
import type { TunableModel } from '../model/model-tensors.ts';
import { numberWanted, trainingGraph } from '../model/training-graph.ts';
import type { TrainingRow } from '../prompts/types.ts';
import { batchFeeds, lossWeight, passesOf, type Teaching } from './batches.ts';

/**
 * The mean loss of a learned token in each group of rows, in nats, without dropout; null for a group that learns
 * nothing. Digits are learned among those that can come where training learns them so, but from the true digit alone.
 */
export async function heldOutLosses<Name extends string>(
  model: TunableModel,
  groups: Iterable<readonly [Name, readonly TrainingRow[]]>,
  { teaching, maxTokens }: { teaching: Teaching | null; maxTokens: number },
): Promise<Map<Name, number>> {
  const filled = [...groups].filter(([, rows]) => lossWeight(rows) > 0);
  const losses = new Map<Name, number>();
  if (filled.length === 0) return losses;
  const plain = teaching && { ...teaching, teacher: null, labelSmoothing: 0 };
  const longest = Math.max(...filled.flatMap(([, rows]) => rows.map(({ input_ids }) => input_ids.length)));
  const { loss, places } = trainingGraph(model, {
    longest,
    dropout: 0,
    loraDropout: 0,
    taughtLevels: plain?.digits.levels ?? 0,
  });
  const program = await compile('held-out', { loss });
  try {
    for (const [name, rows] of filled) {
      const weight = lossWeight(rows);
      const byLength = [...rows].sort((a, b) => a.input_ids.length - b.input_ids.length);
      let sum = 0;
      for (const pass of passesOf(byLength, maxTokens)) {
        const feeds = batchFeeds(pass, weight, plain);
        numberWanted(feeds, places);
        const results = await program.run({ ...model.store.valueViews, ...feeds });
        sum += Number(results.loss.data[0]);
      }
      losses.set(name, sum);
    }
  } finally {
    await program.dispose();
  }
  return losses;
}
