import { compile } from '../engine/program.ts';
import type { SequenceModel } from '../models/model.ts';
import { type Example, lengthOf } from '../shared/example.ts';
import { createRandom } from '../shared/random.ts';
import { passesOf } from './batches.ts';
import { lossGraph } from './loss-graph.ts';
import { lossWeight, type Objective } from './objectives/objective.ts';

/**
 * The mean loss of a learned token in each group of examples, in nats, without dropout; null for a group that learns
 * nothing. `objectives` are those of held-out rows.
 */
export async function heldOutLosses<Name extends string>(
  model: SequenceModel,
  groups: Iterable<readonly [Name, readonly Example[]]>,
  { objectives, maxTokens }: { objectives: readonly Objective[]; maxTokens: number },
): Promise<Map<Name, number>> {
  const filled = [...groups].filter(([, examples]) => lossWeight(examples) > 0);
  const losses = new Map<Name, number>();
  if (filled.length === 0) return losses;
  const longest = Math.max(...filled.flatMap(([, examples]) => examples.map(lengthOf)));
  const graph = lossGraph(model, objectives, { longest, dropout: 0, adapterDropout: 0 });
  const program = await compile('held-out', { loss: graph.loss }, model.training);
  try {
    for (const [name, examples] of filled) {
      const totals = objectives.map(({ count }) => count(examples));
      const byLength = [...examples].sort((a, b) => lengthOf(a) - lengthOf(b));
      let sum = 0;
      for (const pass of passesOf(byLength, model.definition, maxTokens)) {
        const { feeds } = graph.feeds(pass, totals, noRandom);
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

/** Token losses use no random draws. */
const noRandom = (name: string) => createRandom(0, name);
