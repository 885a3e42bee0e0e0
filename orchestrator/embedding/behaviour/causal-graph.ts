import * as f from '../../engine/functions.ts';
import { constant, input } from '../../engine/graph.ts';
import type { ParameterSpec } from '../../engine/optimisers/parameters.ts';
import type { Value } from '../../engine/types.ts';
import { parameterMaker } from './initialise.ts';
import type { BehaviourSizes } from './types.ts';

/** Applied where dropout belongs; the name says which mask. */
export type Drop = (x: Value, name: string) => Value;

const epsilon = 1e-6;

/** `table`: the parameters that say what an item is; all others read histories. */
export function causalParameters(
  { hiddenSize, numLayers }: BehaviourSizes,
  seed: number | null,
  table: readonly ParameterSpec[],
): ParameterSpec[] {
  const make = parameterMaker(seed);
  const norm = (name: string) => [
    make.constant(`${name}.weight`, [hiddenSize], 1),
    make.constant(`${name}.bias`, [hiddenSize], 0),
  ];
  // What a block adds begins small (Radford et al. 2019, GPT-2, section 2.3): a state begins near the vector of the last
  // item, and so, where rows begin in texts, near the items that are like it.
  const outputGain = 1 / Math.sqrt(2 * numLayers);
  const blocks = Array.from({ length: numLayers }, (_, layer) => {
    const name = `layers.${layer}`;
    return [
      ...norm(`${name}.attention_norm`),
      ...['query', 'key', 'value'].map((part) =>
        make.linear(`${name}.attention.${part}`, hiddenSize, hiddenSize),
      ),
      make.linear(`${name}.attention.output`, hiddenSize, hiddenSize, outputGain),
      ...norm(`${name}.feed_forward_norm`),
      make.linear(`${name}.feed_forward.up`, hiddenSize, hiddenSize),
      make.constant(`${name}.feed_forward.up_bias`, [hiddenSize], 0),
      make.linear(`${name}.feed_forward.down`, hiddenSize, hiddenSize, outputGain),
      make.constant(`${name}.feed_forward.down_bias`, [hiddenSize], 0),
    ];
  });
  return [...table, ...norm('embedding_norm'), ...blocks.flat(), ...norm('final_norm')];
}

/**
 * What is known after some items of histories, [N, hidden], from the vectors of all that were read, [B*T, hidden].
 * Blocks are pre-norm and positions rotary, so that a state depends on distances alone: a window of a long
 * history is read as a history of its own.
 * Inputs: `positions` [B, T], `causal` [T, T] (0 or a large negative number), `rows` [N] into B*T.
 */
export function causalStates(
  variables: Record<string, Value>,
  sizes: BehaviourSizes,
  read: Value,
  drop: Drop,
): Value {
  const positions = input('positions', ['B', 'T'], 'int64');
  const causal = input('causal', ['T', 'T']);
  const norm = (x: Value, name: string) =>
    f.layerNorm(x, variables[`${name}.weight`], variables[`${name}.bias`], epsilon);

  let x = drop(norm(read, 'embedding_norm'), 'embedding');
  for (let layer = 0; layer < sizes.numLayers; layer++) {
    const name = `layers.${layer}`;
    const attended = attention(norm(x, `${name}.attention_norm`), {
      variables,
      name,
      sizes,
      positions,
      causal,
      drop,
    });
    x = f.add(x, drop(attended, `${name}.attended`));
    const forward = feedForward(norm(x, `${name}.feed_forward_norm`), variables, `${name}.feed_forward`);
    x = f.add(x, drop(forward, `${name}.forward`));
  }
  return norm(f.gatherRows(x, input('rows', ['N'], 'int64'), { distinct: true }), 'final_norm');
}

interface AttentionParts {
  variables: Record<string, Value>;
  name: string;
  sizes: BehaviourSizes;
  positions: Value;
  causal: Value;
  drop: Drop;
}

/** x [B*T, hidden] -> [B*T, hidden] */
function attention(x: Value, { variables, name, sizes, positions, causal, drop }: AttentionParts): Value {
  const { hiddenSize, numHeads, maxLength } = sizes;
  const headSize = hiddenSize / numHeads;
  const { cos, sin } = rotaryTables(maxLength, headSize);
  const heads = (part: string) =>
    f.transpose(
      f.reshape(f.matMul(x, variables[`${name}.attention.${part}`]), ['B', 'T', numHeads, headSize]),
      [0, 2, 1, 3],
    );
  const queries = f.rotary(heads('query'), positions, cos, sin);
  const keys = f.rotary(heads('key'), positions, cos, sin);
  const scores = f.matMul(queries, keys, { transB: true, alpha: 1 / Math.sqrt(headSize) });
  const shares = drop(f.softmax(f.add(scores, causal)), `${name}.shares`);
  const mixed = f.transpose(f.matMul(shares, heads('value')), [0, 2, 1, 3]);
  return f.matMul(f.reshape(mixed, ['B*T', hiddenSize]), variables[`${name}.attention.output`]);
}

function feedForward(x: Value, variables: Record<string, Value>, name: string): Value {
  const up = f.add(f.matMul(x, variables[`${name}.up`]), variables[`${name}.up_bias`]);
  return f.add(f.matMul(f.silu(up), variables[`${name}.down`]), variables[`${name}.down_bias`]);
}

/** Angles of rotary positions: position / 10000^(2 i / size). */
function rotaryTables(length: number, headSize: number): { cos: Value; sin: Value } {
  const half = headSize / 2;
  const angles = Array.from(
    { length: length * half },
    (_, at) => Math.floor(at / half) / 10_000 ** ((at % half) / half),
  );
  return {
    cos: constant(Float32Array.from(angles, Math.cos), [length, half]),
    sin: constant(Float32Array.from(angles, Math.sin), [length, half]),
  };
}
