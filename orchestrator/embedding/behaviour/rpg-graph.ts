import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { ParameterSpec } from '../../engine/optimisers/parameters.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Value } from '../../engine/types.ts';
import { causalParameters, causalStates, type Drop } from './causal-graph.ts';
import { parameterMaker } from './initialise.ts';
import type { BehaviourSizes } from './types.ts';

/** Of the rows of the digits: of all values of the first, then of the second, … */
export const digitRows = 'digit_embedding';

export function rpgParameters(sizes: BehaviourSizes, seed: number | null): ParameterSpec[] {
  const { hiddenSize, digits = 0, digitValues = 0 } = sizes;
  const make = parameterMaker(seed);
  return [
    ...causalParameters(sizes, seed, [make.normal(digitRows, [digits * digitValues, hiddenSize], 0.02)]),
    // A head begins as what it reads.
    make.constant('heads.weight', [hiddenSize, digits * hiddenSize], 0),
    make.constant('heads.bias', [digits * hiddenSize], 0),
  ];
}

/**
 * RPG (Hou et al. 2025): an item is the mean of the rows of its digits, and a head a digit predicts them all at once from
 * one state, each among its own values, by cosines divided by the temperature: [digits, N, digitValues].
 * Inputs: `items` [B*T], `item_rows` [items, digits], and those of `causalStates`.
 */
export function rpgLogits(variables: Record<string, Value>, sizes: BehaviourSizes, drop: Drop): Value {
  const { hiddenSize, digits = 0, digitValues = 0, temperature } = sizes;
  const states = causalStates(variables, sizes, readItems(variables, sizes), drop);
  const changes = f.silu(f.add(f.matMul(states, variables['heads.weight']), variables['heads.bias']));
  const heads = f.add(f.reshape(states, ['N', 1, hiddenSize]), f.reshape(changes, ['N', digits, hiddenSize]));
  const table = f.reshape(f.l2Normalize(variables[digitRows]), [digits, digitValues, hiddenSize]);
  return f.matMul(f.transpose(f.l2Normalize(heads), [1, 0, 2]), table, {
    transB: true,
    alpha: 1 / temperature,
  });
}

/** Mean cross entropy of the digits of each target, [N]. Inputs: `targets` [N], `item_digits` [items, digits]. */
export function rpgLosses(logits: Value, { items, digits = 0, digitValues = 0 }: BehaviourSizes): Value {
  const rows = multiplyDims([digits, 'N']);
  const known = input('item_digits', [items, digits], 'int64');
  const own = f.transpose(f.gatherRows(known, input('targets', ['N'], 'int64')), [1, 0]);
  const losses = f.crossEntropy(f.reshape(logits, [rows, digitValues]), f.reshape(own, [rows]));
  return f.reduceMean(f.reshape(losses, [digits, 'N']), [0]);
}

/** [B*T, hidden] */
function readItems(
  variables: Record<string, Value>,
  { items, hiddenSize, digits = 0 }: BehaviourSizes,
): Value {
  const known = input('item_rows', [items, digits], 'int64');
  const own = f.gatherRows(known, input('items', ['B*T'], 'int64'));
  const rows = f.gatherRows(variables[digitRows], f.reshape(own, [multiplyDims(['B*T', digits])]));
  return f.reduceMean(f.reshape(rows, ['B*T', digits, hiddenSize]), [1]);
}
