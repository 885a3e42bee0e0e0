import test, { type ExecutionContext } from 'ava';
import { trainBehaviourEncoder } from '../../../orchestrator/embedding/behaviour/train-behaviour-encoder.ts';
import type { BehaviourEncoder } from '../../../orchestrator/embedding/behaviour/types.ts';
import { silentReporter } from '../../../orchestrator/shared/reporter.ts';
import { circle, datasetOf, tiny } from './fixtures.ts';

const scoresAsDefined = test.macro(async (t: ExecutionContext, windows: number[], head_product: boolean) => {
  const encoder = await trainBehaviourEncoder(
    { ...tiny, encoder: 'din', hidden_size: 6, negatives: 5, epochs: 2, windows, head_product },
    datasetOf(circle(), 12),
    silentReporter,
  );
  const histories = [[1], [4, 5, 6], [2, 9, 2, 3, 11, 4, 5]];
  const scores = await encoder.score(histories.map((history) => Int32Array.from(history)));
  const reference = plainDin(encoder);
  for (const [row, history] of histories.entries())
    for (let item = 0; item < 12; item++) {
      const expected = reference(history, item);
      t.true(Math.abs(scores[row * 12 + item] - expected) < 1e-4, `${scores[row * 12 + item]}, ${expected}`);
    }
  await encoder.dispose();
});

test(
  'DIN scores as its definition says: four parts side by side, Dice, weighted sum, head',
  scoresAsDefined,
  [],
  true,
);
test(
  'DIN with windows sums each of them up by itself, and reads no item before them',
  scoresAsDefined,
  [1, 2, 3],
  true,
);
test('its head sees no products where it is built as published', scoresAsDefined, [1, 2], false);

/** DIN pair by pair, without any of the graph's rearrangements. */
function plainDin({ weights, sizes }: BehaviourEncoder): (history: number[], candidate: number) => number {
  const tensor = (name: string) => [...weights[name].data];
  const vector = (item: number) =>
    tensor('item_embedding').slice(item * sizes.hiddenSize, (item + 1) * sizes.hiddenSize);
  const layer = (x: number[], name: string) => {
    const weight = tensor(`${name}.weight`);
    const width = weight.length / x.length;
    const bias = weights[`${name}.bias`] ? tensor(`${name}.bias`) : new Array<number>(width).fill(0);
    return bias.map((start, to) =>
      x.reduce((sum, value, from) => sum + value * weight[from * width + to], start),
    );
  };
  const dice = (x: number[], name: string) => {
    const [mean, variance, alpha] = ['mean', 'variance', 'alpha'].map((part) => tensor(`${name}.${part}`));
    return x.map((s, at) => {
      const p = 1 / (1 + Math.exp(-(s - mean[at]) / Math.sqrt(variance[at] + 1e-6)));
      return p * s + (1 - p) * alpha[at] * s;
    });
  };
  const mlp = (x: number[], name: string) =>
    layer(dice(layer(dice(layer(x, `${name}.0`), `${name}.0`), `${name}.1`), `${name}.1`), `${name}.2`)[0];
  return (history, candidate) => {
    const query = vector(candidate);
    const sums = partsOf(history, sizes.windows).map((items) => sumUp(query, items));
    const products = sums.flatMap((sum) => query.map((q, at) => q * sum[at]));
    const seen = sizes.headProduct === false ? [] : products;
    return mlp([...sums.flat(), ...query, ...seen], 'head');
  };

  function sumUp(query: number[], items: number[]): number[] {
    const pooled = query.map(() => 0);
    for (const item of items) {
      const key = vector(item);
      const four = [
        ...query,
        ...key,
        ...query.map((q, at) => q - key[at]),
        ...query.map((q, at) => q * key[at]),
      ];
      const weight = mlp(four, 'attention');
      for (const at of pooled.keys()) pooled[at] += weight * key[at];
    }
    return pooled;
  }
}

/** The items of each window, the latest window first; without windows all of them. */
function partsOf(history: number[], windows: readonly number[]): number[][] {
  if (windows.length === 0) return [history];
  const latestFirst = history.toReversed();
  return windows.map((size, at) => {
    const start = windows.slice(0, at).reduce((sum, length) => sum + length, 0);
    return latestFirst.slice(start, start + size);
  });
}
