import test from 'ava';
import { causalParameters } from '../../../orchestrator/embedding/behaviour/causal-graph.ts';
import { itemTable } from '../../../orchestrator/embedding/behaviour/item-table.ts';
import { sasrecHead } from '../../../orchestrator/embedding/behaviour/sasrec-graph.ts';
import type { BehaviourSizes } from '../../../orchestrator/embedding/behaviour/types.ts';
import { floats } from '../../../orchestrator/engine/floats.ts';
import { matMul } from '../../../orchestrator/engine/functions.ts';
import { int64From } from '../../../orchestrator/engine/int64.ts';
import { createParameterStore } from '../../../orchestrator/engine/optimisers/parameters.ts';
import { compile } from '../../../orchestrator/engine/program.ts';
import { causalMask } from './fixtures.ts';

const sizes: BehaviourSizes = {
  encoder: 'sasrec',
  items: 9,
  hiddenSize: 8,
  numLayers: 2,
  numHeads: 2,
  maxLength: 16,
  temperature: 0,
  windows: [],
};

/** Scores after every item of one sequence whose positions begin at `first`: [sequence.length x 9]. */
async function statesOf(sequence: number[], first = 0): Promise<Float32Array> {
  const table = itemTable(sizes, 3, 0.02, undefined);
  const store = createParameterStore(causalParameters(sizes, 3, table.specs));
  const head = sasrecHead(store.variables, sizes, table.vectors(store.variables), (x) => x);
  const program = await compile('states', { scores: matMul(head.states, head.table, { transB: true }) });
  const length = sequence.length;
  const list = (values: number[], shape: number[]) => ({ shape, data: int64From(values) });
  const places = sequence.map((_, at) => at);
  const { scores } = await program.run({
    ...store.valueViews,
    items: list(sequence, [length]),
    rows: list(places, [length]),
    positions: list(
      places.map((at) => at + first),
      [1, length],
    ),
    causal: causalMask(length),
  });
  await program.dispose();
  return floats(scores);
}

test('a later item does not change an earlier state, an earlier one does', async (t) => {
  const first = await statesOf([1, 2, 3, 4, 5]);
  const second = await statesOf([1, 2, 3, 8, 7]);
  t.deepEqual([...first.subarray(0, 27)], [...second.subarray(0, 27)]);
  const third = await statesOf([8, 2, 3, 4, 5]);
  t.true(first.subarray(36).some((score, at) => Math.abs(score - third[36 + at]) > 1e-6));
});

test('the order of the history counts', async (t) => {
  const first = await statesOf([1, 2, 3]);
  const second = await statesOf([2, 1, 3]);
  t.true(first.subarray(18).some((score, at) => Math.abs(score - second[18 + at]) > 1e-6));
});

test('a state depends on distances, not on where a window begins', async (t) => {
  const first = await statesOf([1, 2, 3, 4]);
  const second = await statesOf([1, 2, 3, 4], 7);
  for (const [at, score] of first.entries()) t.true(Math.abs(score - second[at]) < 1e-5);
});

test('what a block adds begins smaller the more blocks there are', (t) => {
  const deviations = (numLayers: number) => {
    const parameters = causalParameters({ ...sizes, hiddenSize: 64, numLayers }, 1, []);
    return ['attention.value', 'attention.output', 'feed_forward.down'].map((part) => {
      const { initialise, shape } = parameters.find(({ name }) => name === `layers.0.${part}`)!;
      const values = new Float32Array(shape[0] * shape[1]);
      initialise(values);
      return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    });
  };
  const glorot = Math.sqrt(2 / 128);
  for (const [numLayers, gain] of [
    [2, 1 / 2],
    [8, 1 / 4],
  ])
    for (const [at, expected] of [glorot, gain * glorot, gain * glorot].entries())
      t.true(Math.abs(deviations(numLayers)[at] / expected - 1) < 0.05);
});
