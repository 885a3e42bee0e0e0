import { add, dropout, gatherRows, mul, softCrossEntropy, sumAll } from '../engine/functions.ts';
import { input } from '../engine/graph.ts';
import { int64From } from '../engine/int64.ts';
import type { TensorView } from '../engine/program.ts';
import type { Value } from '../engine/types.ts';
import { type ContrastShape, contrastLoss } from './contrast.ts';
import { runDecoder } from './decoder.ts';
import type { Dropper, TunableModel } from './model-tensors.ts';

export interface TrainingGraph {
  /** sum over learned positions of weight * cross entropy, and what contrast adds */
  loss: Value;
  /** Factors of dropout that every run has to feed, [rows, width]: behind the last attention only wanted rows are left. */
  masks: { name: string; rows: 'tokens' | 'wanted'; width: number; rate: number }[];
  /** Feeds that are places of states; `numberWanted` gives them their final form. */
  places: string[];
}

/**
 * Tensors of one micro-batch: right-padded rows of one length, and the places where they are learned: flat positions,
 * until `numberWanted` makes them numbers of wanted states.
 */
export interface TrainingFeeds extends Record<string, TensorView> {
  /** [batch * length] */
  tokens: TensorView;
  /** [batch, length] */
  positions: TensorView;
  /** [1, 1, 1, length, length] causal; padding stands on the right, where no token looks */
  mask: TensorView;
  /** [learned] places whose next token is learned, that token, and its weight */
  selected: TensorView;
  targets: TensorView;
  weights: TensorView;
}

/**
 * What digits that are learned among those that can come add to them, for each level of codes. `taught` [taught]: places
 * whose next token, a digit of that level, is learned from shares; `taught_weights` [taught]: their weights; `shares`
 * [taught, digits]: what part of the probability each digit should get; `blocked` [taught, digits]: 0 where an item has
 * that digit after those before it, very negative elsewhere; `code_tokens` [digits]: the digits' ids.
 */
export type TaughtFeeds = Record<
  `${'taught' | 'taught_weights' | 'shares' | 'blocked' | 'code_tokens'}/${number}`,
  TensorView
>;

/** The language-model loss of a batch; the head is computed only where there is something to learn. */
export function trainingGraph(
  model: TunableModel,
  options: {
    longest: number;
    dropout: number;
    loraDropout: number;
    taughtLevels?: number;
    contrast?: ContrastShape | null;
  },
): TrainingGraph {
  const masks: TrainingGraph['masks'] = [];
  const wanted = input('wanted', ['W'], 'int64');
  const dropper =
    (rate: number): Dropper =>
    (x, site) => {
      const name = `keep/${site}`;
      const [count, width] = [x.shape[0], Number(x.shape.at(-1))];
      const rows = count === wanted.shape[0] ? 'wanted' : 'tokens';
      if (!masks.some((mask) => mask.name === name)) masks.push({ name, rows, width, rate });
      return dropout(x, input(name, [count, width]));
    };
  const { hidden } = runDecoder(model.config, model.tensors, {
    batch: 'B',
    length: 'T',
    embedded: model.tensors.embed(input('tokens', ['B*T'], 'int64')),
    positions: input('positions', ['B', 'T'], 'int64'),
    mask: input('mask', [1, 1, 1, 'T', 'T']),
    longest: options.longest,
    wanted,
    ...(options.dropout > 0 ? { dropout: dropper(options.dropout) } : {}),
    ...(options.loraDropout > 0 ? { adapterDropout: dropper(options.loraDropout) } : {}),
  });
  const learned = gatherRows(hidden, input('selected', ['M'], 'int64'), { distinct: true });
  const losses = model.tensors.losses(learned, input('targets', ['M'], 'int64'));
  const loss = sumAll(mul(losses, input('weights', ['M'])));
  const taught = Array.from({ length: options.taughtLevels ?? 0 }, (_, level) =>
    taughtLoss(model, hidden, level),
  );
  const contrast = options.contrast ? [contrastLoss(hidden, model.store.variables, options.contrast)] : [];
  return {
    loss: [loss, ...taught, ...contrast].reduce((sum, part) => add(sum, part)),
    masks,
    places: [
      'selected',
      ...taught.map((_, level) => `taught/${level}`),
      ...(options.contrast ? ['contrast/summaries'] : []),
    ],
  };
}

/**
 * Of flat positions in the batch, makes `wanted` [wanted], each of them once, and numbers of these: behind its last
 * attention, the decoder computes no other states. What stands in `feeds` under the names of `places` is replaced.
 */
export function numberWanted(feeds: Record<string, TensorView>, places: readonly string[]): void {
  const numbers = new Map<number, number>();
  for (const name of places) {
    const positions = feeds[name].data as BigInt64Array;
    const numbered = Int32Array.from(positions, (position) => {
      const flat = Number(position);
      const known = numbers.get(flat);
      if (known !== undefined) return known;
      numbers.set(flat, numbers.size);
      return numbers.size - 1;
    });
    feeds[name] = { shape: feeds[name].shape, data: int64From(numbered) };
  }
  feeds.wanted = { shape: [numbers.size], data: int64From([...numbers.keys()]) };
}

/** Digits of a level, learned from shares; their softmax is among the digits that can stand there, as it is in decoding. */
function taughtLoss(model: TunableModel, hidden: Value, level: number): Value {
  const [rows, digits] = [`K${level}`, `R${level}`];
  const states = gatherRows(hidden, input(`taught/${level}`, [rows], 'int64'), { distinct: true });
  const logits = model.tensors.logitsOf(states, input(`code_tokens/${level}`, [digits], 'int64'));
  const allowed = add(logits, input(`blocked/${level}`, [rows, digits]));
  const losses = softCrossEntropy(allowed, input(`shares/${level}`, [rows, digits]));
  return sumAll(mul(losses, input(`taught_weights/${level}`, [rows])));
}

const causalMasks = new Map<number, Float32Array>();

/** [1, 1, 1, length, length]: 0 up to the own position, very negative after it. */
export function causalMask(length: number): TensorView {
  let data = causalMasks.get(length);
  if (!data) {
    data = new Float32Array(length * length);
    for (let row = 0; row < length; row++) data.fill(hidden, row * length + row + 1, (row + 1) * length);
    causalMasks.set(length, data);
  }
  return { shape: [1, 1, 1, length, length], data };
}

/** What is added to the score of a token that must not be seen: its share underflows to zero. */
export const hidden = -1e9;
