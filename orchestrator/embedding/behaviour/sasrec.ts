import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { createParameterStore } from '../../engine/optimisers/parameters.ts';
import type { CompileOptions } from '../../engine/program.ts';
import { causalParameters, type Drop } from './causal-graph.ts';
import { compileBehindHistories, scoredAtOnce } from './causal-scoring.ts';
import { type NextItemLearning, trainNextItems } from './causal-training.ts';
import { itemSampler } from './item-sampler.ts';
import { itemTable } from './item-table.ts';
import { fillSampled, sampledSoftmax } from './sampled-softmax.ts';
import { sasrecHead } from './sasrec-graph.ts';
import type {
  BehaviourModel,
  BehaviourScorer,
  BehaviourSizes,
  ModelOptions,
  TrainingWindow,
} from './types.ts';

/** SASRec at given sizes, with first weights from the seed. */
export function createSasrec(
  sizes: BehaviourSizes,
  { seed, dropout, batch_size, negatives, features, startRows }: ModelOptions,
  compileOptions: CompileOptions,
): BehaviourModel {
  const { specs, vectors, feeds } = itemTable(sizes, seed, 0.02, { features, startRows });
  const store = createParameterStore(causalParameters(sizes, seed, specs));
  const headOf = (drop: Drop) => sasrecHead(store.variables, sizes, vectors(store.variables), drop);
  return {
    sizes,
    store,
    buffers: {},
    longestWindow: sizes.maxLength,
    prepareTraining(events, windows) {
      const learning = negatives > 0 ? learnSampled(events, windows) : learnAll();
      return trainNextItems(store, learning, { events, windows }, { dropout, batch_size }, compileOptions);
    },
    prepareScoring,
  };

  function learnAll(): NextItemLearning {
    return {
      name: 'sasrec',
      losses(drop) {
        const { states, table, alpha } = headOf(drop);
        return f.linearCrossEntropy(states, table, input('targets', ['N'], 'int64'), alpha);
      },
      fillTargets: (workspace, targets) => workspace.items('targets', targets),
      feeds,
    };
  }

  function learnSampled(events: Int32Array, windows: readonly TrainingWindow[]): NextItemLearning {
    const sampler = itemSampler(targetCounts(events, windows, sizes.items), negatives);
    return {
      name: 'sasrec',
      losses: (drop) => sampledSoftmax(headOf(drop), sampler.size),
      fillTargets: (workspace, targets, random) => fillSampled(workspace, targets, sampler, random),
      feeds,
    };
  }

  async function prepareScoring(): Promise<BehaviourScorer> {
    const { states, table, alpha } = headOf((x) => x);
    const scores = f.matMul(states, table, { transB: true, alpha });
    const { maxLength, items } = sizes;
    const graph = { name: 'sasrec-scores', output: scores, maxLength, feeds };
    const { run, dispose } = await compileBehindHistories(store, graph, compileOptions);
    return {
      chunk: scoredAtOnce,
      score: (histories, into) => run(histories, { shape: [histories.length, items], data: into }),
      dispose,
    };
  }
}

/** [items] how often each is a target. */
function targetCounts(events: Int32Array, windows: readonly TrainingWindow[], items: number): Int32Array {
  const counts = new Int32Array(items);
  for (const { start, length } of windows)
    for (let at = start + 1; at < start + length; at++) counts[events[at]]++;
  return counts;
}
