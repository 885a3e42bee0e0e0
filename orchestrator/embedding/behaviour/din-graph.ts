import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { ParameterSpec } from '../../engine/optimisers/parameters.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Dim, Value } from '../../engine/types.ts';
import { parameterMaker } from './initialise.ts';
import type { ItemTable } from './item-table.ts';
import type { BehaviourSizes } from './types.ts';

/** Widths of the layers between: of the attention unit, and of the head that scores. */
const attentionWidths = [64, 16];
const headWidths = [200, 80];

/** A Dice activation: how wide it is, and whether its rows are (candidate, history item) pairs, some of them padding. */
export interface DiceLayer {
  name: string;
  width: number;
  masked: boolean;
}

export const diceLayers: readonly DiceLayer[] = [
  ...attentionWidths.map((width, at) => ({ name: `attention.${at}`, width, masked: true })),
  ...headWidths.map((width, at) => ({ name: `head.${at}`, width, masked: false })),
];

export function dinParameters(
  { hiddenSize, windows, headProduct = true }: BehaviourSizes,
  seed: number | null,
  table: ItemTable,
): ParameterSpec[] {
  const make = parameterMaker(seed);
  const layers = (name: string, widths: number[]) =>
    widths.slice(1).flatMap((to, at) => {
      const last = at === widths.length - 2;
      return [
        make.linear(`${name}.${at}.weight`, widths[at], to),
        // A bias after the last layer of the head would move all scores alike.
        ...(last && name === 'head' ? [] : [make.constant(`${name}.${at}.bias`, [to], 0)]),
        ...(last ? [] : [make.constant(`${name}.${at}.alpha`, [to], 0)]),
      ];
    });
  return [
    ...table.specs,
    ...layers('attention', [4 * hiddenSize, ...attentionWidths, 1]),
    ...layers('head', [
      ((headProduct ? 2 : 1) * Math.max(1, windows.length) + 1) * hiddenSize,
      ...headWidths,
      1,
    ]),
  ];
}

export interface DinGraph {
  /** [B, C] */
  scores: Value;
  /**
   * `NAME/sum` and `NAME/squares` of the inputs of each Dice, [width], padding left out, over the first
   * `momentsFrom(candidates)`; none where the number of candidates is a symbol.
   */
  moments: Record<string, Value>;
}

/**
 * Candidates that the statistics are taken from: a few drawn items, like those that ranking will see, for the
 * whole would cost a third of the training time.
 */
export function momentsFrom(candidates: number): { start: number; count: number } {
  return candidates === 1 ? { start: 0, count: 1 } : { start: 1, count: Math.min(8, candidates - 1) };
}

/**
 * DIN (Zhou et al. 2018): each candidate weighs the items of the history by an MLP on
 * [query, key, query - key, query * key]; the weighted sum (weights are not normalised, as published) goes with
 * the candidate's own vector through the head. The head also sees their product (`headProduct`), so that likeness need
 * not be learned by the MLP. With `windows` there is a weighted sum for each of them, as in the DIN of EAGER.
 * Inputs: `history` [B*T], padded in front, so that a place of the history is in the same window for all; `mask` [B, T]
 * (1, or 0 for padding), `window_of` [T] the window of each place, `windows` [W, T] (1 where a place is in the window)
 * and `used` [W] the numbers of the windows that have places, `candidates` [B*C], `correction` [C] (added
 * to the scores: 0 in ranking, the correction for sampling in training), and for each Dice its running `NAME/mean` and `NAME/inverse_deviation` [width].
 */
export function dinScores(
  variables: Record<string, Value>,
  { hiddenSize, windows, headProduct = true }: BehaviourSizes,
  table: Value,
  drop: (x: Value, name: string) => Value,
  candidates: Dim = 'C',
): DinGraph {
  const moments: Record<string, Value> = {};
  const mask = input('mask', ['B', 'T']);
  const pairMask = f.reshape(mask, ['B', 1, 'T', 1]);
  const rows = drop(f.gatherRows(table, input('history', ['B*T'], 'int64')), 'history');
  const keys = f.reshape(rows, ['B', 'T', hiddenSize]);
  const queries = f.reshape(
    f.gatherRows(table, input('candidates', [multiplyDims(['B', candidates])], 'int64')),
    ['B', candidates, hiddenSize],
  );
  const activate = (x: Value, name: string, masked: boolean) => dice(x, name, masked ? pairMask : null);

  let x = firstAttentionLayer(queries, keys, variables, hiddenSize);
  x = activate(x, 'attention.0', true);
  x = activate(layer(x, 'attention.1'), 'attention.1', true);
  const weights = f.mul(layer(x, 'attention.2'), pairMask);

  const head = { weight: variables['head.0.weight'], windows: Math.max(1, windows.length), headProduct };
  let y = f.add(firstHeadLayer(queries, keys, weights, head), variables['head.0.bias']);
  y = layer(activate(y, 'head.0', false), 'head.1');
  y = f.matMul(activate(y, 'head.1', false), variables['head.2.weight']);
  return { scores: f.add(f.reshape(y, ['B', candidates]), input('correction', [candidates])), moments };

  function layer(from: Value, name: string): Value {
    return f.add(f.matMul(from, variables[`${name}.weight`]), variables[`${name}.bias`]);
  }

  /** p s + (1 - p) alpha s with p = sigmoid((s - E[s]) / deviation), by running statistics at all times. */
  function dice(s: Value, name: string, only: Value | null): Value {
    const width = Number(s.shape.at(-1));
    const axes = s.shape.slice(0, -1).map((_, axis) => axis);
    if (typeof candidates === 'number') {
      const { start, count } = momentsFrom(candidates);
      const some = f.slice(s, 1, start, start + count);
      const counted = only ? f.mul(some, only) : some;
      moments[`${name}/sum`] = f.reduceSum(counted, axes);
      moments[`${name}/squares`] = f.reduceSum(f.mul(counted, counted), axes);
    }
    const alpha = variables[`${name}.alpha`];
    const p = f.sigmoid(
      f.mul(f.sub(s, input(`${name}/mean`, [width])), input(`${name}/inverse_deviation`, [width])),
    );
    return f.mul(s, f.add(alpha, f.mul(f.sub(1, alpha), p)));
  }
}

/**
 * The first layer on [q, k, q - k, q * k] without making that row of 4 x hidden numbers for each pair:
 * W = [Wq; Wk; Wd; Wp] gives q (Wq + Wd) + k (Wk - Wd) + (q * k) Wp + b.
 */
function firstAttentionLayer(
  queries: Value,
  keys: Value,
  variables: Record<string, Value>,
  size: number,
): Value {
  const width = attentionWidths[0];
  const part = (at: number) => f.slice(variables['attention.0.weight'], 0, at * size, (at + 1) * size);
  const byQuery = f.matMul(queries, f.add(part(0), part(2)));
  const byKey = f.add(f.matMul(keys, f.sub(part(1), part(2))), variables['attention.0.bias']);
  const candidates = queries.shape[1];
  const product = f.mul(f.reshape(queries, ['B', candidates, 1, size]), f.reshape(keys, ['B', 1, 'T', size]));
  return f.add(
    f.add(f.matMul(product, part(3)), f.reshape(byQuery, ['B', candidates, 1, width])),
    f.reshape(byKey, ['B', 1, 'T', width]),
  );
}

/**
 * The first layer of the head on [weighted sums of the windows, q, sums * q], without making that row for each candidate.
 * A weighted sum of keys times a matrix is the weighted sum of keys times the matrix: the keys of a history go through
 * the matrices of their windows once, for all candidates. Products are of the windows that have items at all.
 */
function firstHeadLayer(
  queries: Value,
  keys: Value,
  weights: Value,
  { weight, windows, headProduct }: { weight: Value; windows: number; headProduct: boolean },
): Value {
  const [, candidates, size] = queries.shape;
  const width = headWidths[0];
  const block = (first: number, count: number) =>
    f.slice(weight, 0, first * Number(size), (first + count) * Number(size));
  /** [windows * size, width] and numbers of windows [n] -> [n, size, width] */
  const ofWindows = (blocks: Value, numbers: Value) =>
    f.reshape(f.gatherRows(f.reshape(blocks, [windows, Number(size) * width]), numbers), [
      numbers.shape[0],
      size,
      width,
    ]);

  const byPlace = ofWindows(block(0, windows), input('window_of', ['T'], 'int64'));
  const seen = f.transpose(f.matMul(f.transpose(keys, [1, 0, 2]), byPlace), [1, 0, 2]);
  const bySums = f.matMul(f.reshape(weights, ['B', candidates, 'T']), seen);
  const sum = f.add(bySums, f.matMul(queries, block(windows, 1)));
  if (!headProduct) return sum;

  const members = f.reshape(input('windows', ['W', 'T']), [1, 1, 'W', 'T']);
  const inWindow = f.mul(f.reshape(weights, ['B', candidates, 1, 'T']), members);
  const rows = multiplyDims([candidates, 'W']);
  const pooled = f.matMul(f.reshape(inWindow, ['B', rows, 'T']), keys);
  const products = f.mul(
    f.reshape(pooled, ['B', candidates, 'W', size]),
    f.reshape(queries, ['B', candidates, 1, size]),
  );
  const ofProducts = ofWindows(block(windows + 1, windows), input('used', ['W'], 'int64'));
  const flat = multiplyDims(['W', size]);
  return f.add(
    sum,
    f.matMul(f.reshape(products, ['B', candidates, flat]), f.reshape(ofProducts, [flat, width])),
  );
}
