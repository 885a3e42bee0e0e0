import type { EagerConfig } from '../../orchestrator/models/eager/config.ts';
import { dot, matVec, plus, type Row, softmaxRow } from './rows.ts';

/** Reads a tensor by its name. */
export type Read = (name: string) => Float32Array;

/** How large a tiny one is. */
export const tinyEagerSizes = {
  hidden_size: 8,
  intermediate_size: 12,
  num_encoder_layers: 1,
  num_hidden_layers: 2,
  num_attention_heads: 2,
} as const;

/** The last state of a token sequence of one stream behind a history; no batches, masks or caches. */
export function referenceState(
  config: EagerConfig,
  read: Read,
  stream: string,
  history: readonly number[],
  tokens: readonly number[],
): Row {
  const width = config.hidden_size;
  const rowOf = (table: string, at: number): Row => [...read(table).subarray(at * width, (at + 1) * width)];
  const norm = (x: Row, name: string) => plainNorm(x, read, name, config.layer_norm_eps);
  const linear = (x: Row, name: string) => plainLinear(x, read, name);
  const attend = (name: string, queries: Row[], seen: (at: number) => Row[]) =>
    queries.map((x, at) => {
      const others = seen(at);
      const mixed = attention(
        linear(x, `${name}.query`),
        others.map((other) => linear(other, `${name}.key`)),
        others.map((other) => linear(other, `${name}.value`)),
        config.num_attention_heads,
      );
      return norm(plus(x, linear(mixed, `${name}.output`)), `${name}.norm`);
    });
  const forward = (name: string, states: Row[]) =>
    states.map((x) =>
      norm(plus(x, linear(linear(x, `${name}.up`).map(plainGelu), `${name}.down`)), `${name}.norm`),
    );

  let encoded = history.map((item, at) =>
    norm(
      // Positions are counted back from the latest item.
      plus(rowOf('encoder.items.weight', item), rowOf('encoder.positions.weight', history.length - 1 - at)),
      'encoder.norm',
    ),
  );
  for (let layer = 0; layer < config.num_encoder_layers; layer++) {
    const before = encoded;
    encoded = attend(`encoder.layers.${layer}.self`, before, () => before);
    encoded = forward(`encoder.layers.${layer}.forward`, encoded);
  }
  const stack = `decoder.${stream}`;
  let states = tokens.map((token, at) =>
    norm(
      plus(rowOf(`${stack}.nodes.weight`, token), rowOf(`${stack}.positions.weight`, at)),
      `${stack}.norm`,
    ),
  );
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const name = `${stack}.layers.${layer}`;
    const before = states;
    states = attend(`${name}.self`, before, (at) => before.slice(0, at + 1));
    states = attend(`${name}.cross`, states, () => encoded);
    states = forward(`${name}.forward`, states);
  }
  return states[tokens.length - 1];
}

export function plainLinear(x: Row, read: Read, name: string): Row {
  const bias = read(`${name}.bias`);
  return plus(matVec(read(`${name}.weight`), [bias.length, x.length], x), [...bias]);
}

export function plainNorm(x: Row, read: Read, name: string, epsilon = 1e-12): Row {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  const [weight, bias] = [read(`${name}.weight`), read(`${name}.bias`)];
  return x.map((value, at) => ((value - mean) / Math.sqrt(variance + epsilon)) * weight[at] + bias[at]);
}

export function plainGelu(x: number): number {
  return x / (1 + Math.exp(-1.702 * x));
}

/** One query over some keys and values, head by head. */
export function attention(query: Row, keys: Row[], values: Row[], heads: number): Row {
  const size = query.length / heads;
  const part = (row: Row, head: number) => row.slice(head * size, (head + 1) * size);
  return Array.from({ length: heads }, (_, head) => {
    const scores = keys.map((key) => dot(part(query, head), part(key, head)) / Math.sqrt(size));
    const shares = softmaxRow(scores);
    return Array.from({ length: size }, (_, at) =>
      values.reduce((sum, value, other) => sum + shares[other] * part(value, head)[at], 0),
    );
  }).flat();
}

/** -log of the share of `target` among rows of a table, by their products with a state. */
export function nodeLoss(
  state: Row,
  table: Float32Array,
  [first, end]: [number, number],
  target: number,
): number {
  const scores = Array.from({ length: end - first }, (_, at) =>
    dot(state, [...table.subarray((first + at) * state.length, (first + at + 1) * state.length)]),
  );
  return -Math.log(softmaxRow(scores)[target - first]);
}
