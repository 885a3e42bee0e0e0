import { logOfSum } from '../decoding/log-of-sum.ts';
import { add, foldRows, matMul, mul, reshape, silu, softCrossEntropy, sumAll } from '../engine/functions.ts';
import { input } from '../engine/graph.ts';
import { initAdamW, updateAdamW } from '../engine/optimisers/adamw.ts';
import { createParameterStore, type ParameterSpec } from '../engine/optimisers/parameters.ts';
import { learningRateAt } from '../engine/optimisers/schedule.ts';
import { compileTraining } from '../engine/training-program.ts';
import type { Value } from '../engine/types.ts';
import { createRandom, shuffle } from '../shared/random.ts';
import { hiddenSize, type Ranker, rankerLogits, standardised } from './ranker.ts';

/** The candidates of one case, and which of them came. */
export interface RankingExample {
  /** [candidates x features], NaN where one is not known. */
  features: Float32Array;
  /** Place of the right one. */
  right: number;
}

export interface FitOptions {
  /** Of a candidate. */
  features: number;
  seed: number;
  signal?: AbortSignal | undefined;
}

const epochs = 24;
const batchSize = 128;
const learningRate = 0.003;
const weightDecay = 0.1;

/**
 * Learns to rank: softmax cross entropy over the candidates of each example (ListNet with one right item, Cao et al.
 * 2007). Equal arguments give equal results. At least one example.
 */
export async function fitRanker(
  examples: readonly RankingExample[],
  { features, seed, signal }: FitOptions,
): Promise<Ranker> {
  const spread = spreadOf(examples, features);
  const known = examples.map((each) => ({ ...each, features: standardised(spread, each.features) }));
  const store = createParameterStore(parameters(features, seed));
  const program = await compileTraining('ranker', lossOf(store.variables, features), store);
  const adamw = initAdamW(store);
  const updates = epochs * Math.ceil(examples.length / batchSize);
  let step = 0;
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = shuffle(Int32Array.from(examples.keys()), createRandom(seed, 'fusion', 'order', epoch));
      for (let start = 0; start < order.length; start += batchSize) {
        signal?.throwIfAborted();
        const batch = Array.from(order.subarray(start, start + batchSize), (at) => known[at]);
        await program.accumulate(feedsOf(batch, features), true);
        updateAdamW(store, adamw, {
          learningRate: learningRateAt(step++, {
            schedule: 'linear',
            learningRate,
            warmupSteps: 0,
            totalSteps: updates,
          }),
          weightDecay,
          maxGradNorm: 1,
        });
      }
    }
  } finally {
    await program.dispose();
  }
  const { direct, hidden, bias, out } = store.valueViews;
  const ranker: Ranker = {
    ...spread,
    direct: direct.data.slice(),
    hidden: hidden.data.slice(),
    bias: bias.data.slice(),
    out: out.data.slice(),
    level: 0,
  };
  return { ...ranker, level: levelOf(ranker, examples) };
}

function parameters(features: number, seed: number): ParameterSpec[] {
  const random = createRandom(seed, 'fusion', 'weights');
  const draw = (scale: number) => (target: Float32Array) => {
    for (let at = 0; at < target.length; at++) target[at] = scale * random.normal();
  };
  return [
    { name: 'direct', shape: [features, 1], decay: true, initialise: draw(0.1) },
    {
      name: 'hidden',
      shape: [features, hiddenSize],
      decay: true,
      initialise: draw(1 / Math.sqrt(features)),
    },
    { name: 'bias', shape: [hiddenSize], decay: false, initialise: () => {} },
    { name: 'out', shape: [hiddenSize, 1], decay: true, initialise: draw(0.1) },
  ];
}

/** x [B, C, features], padding [B, C] of 0 and `noCandidate`, targets [B, C], scale [1] -> mean loss of an example. */
function lossOf({ direct, hidden, bias, out }: Record<string, Value>, features: number): Value {
  const x = foldRows(input('x', ['B', 'C', features]));
  const padding = input('padding', ['B', 'C']);
  const logits = add(matMul(x, direct), matMul(silu(add(matMul(x, hidden), bias)), out));
  const losses = softCrossEntropy(add(reshape(logits, ['B', 'C']), padding), input('targets', ['B', 'C']));
  return mul(sumAll(losses), reshape(input('scale', [1]), []));
}

/** Padded to the longest. */
function feedsOf(batch: readonly RankingExample[], columns: number) {
  const most = Math.max(...batch.map(({ features }) => features.length / columns));
  const x = new Float32Array(batch.length * most * columns);
  const padding = new Float32Array(batch.length * most).fill(noCandidate);
  const targets = new Float32Array(batch.length * most);
  for (const [row, { features, right }] of batch.entries()) {
    x.set(features, row * most * columns);
    padding.fill(0, row * most, row * most + features.length / columns);
    targets[row * most + right] = 1;
  }
  const shape = [batch.length, most];
  return {
    x: { shape: [...shape, columns], data: x },
    padding: { shape, data: padding },
    targets: { shape, data: targets },
    scale: { shape: [1], data: Float32Array.of(1 / batch.length) },
  };
}

/** Below any logit, and finite. */
const noCandidate = -1e9;

type Spread = Pick<Ranker, 'mean' | 'deviation'>;

/** Of what is known. */
function spreadOf(examples: readonly RankingExample[], columns: number): Spread {
  const sums = new Float64Array(columns);
  const squares = new Float64Array(columns);
  const counts = new Float64Array(columns);
  for (const { features } of examples)
    for (const [at, value] of features.entries()) {
      if (Number.isNaN(value)) continue;
      counts[at % columns]++;
      sums[at % columns] += value;
      squares[at % columns] += value ** 2;
    }
  const meanOf = (of: Float64Array, feature: number) => of[feature] / (counts[feature] || 1);
  const mean = Float32Array.from(sums, (_, feature) => meanOf(sums, feature));
  // A feature that is the same everywhere says nothing.
  const deviation = Float32Array.from(
    sums,
    (_, feature) => Math.sqrt(Math.max(meanOf(squares, feature) - meanOf(sums, feature) ** 2, 0)) || 1,
  );
  return { mean, deviation };
}

/** The log of what all candidates of an example have together, on average: less that, a logit is a log of odds. */
function levelOf(ranker: Ranker, examples: readonly RankingExample[]): number {
  let sum = 0;
  for (const { features } of examples) sum += logOfSum(rankerLogits(ranker, features));
  return sum / examples.length;
}
