import test from 'ava';
import * as f from '../../orchestrator/engine/functions.ts';
import { input, printGraph } from '../../orchestrator/engine/graph.ts';
import { compile } from '../../orchestrator/engine/program.ts';

const row = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });

test('inputs that give one name of a size different sizes are refused, with both named', async (t) => {
  const sums = f.add(f.sumAll(input('prices', ['N'])), f.sumAll(input('weights', ['N'])));
  const program = await compile('sums', { sums });
  const run = (prices: number[], weights: number[]) =>
    program.run({ prices: row(...prices), weights: row(...weights) });
  t.is((await run([1, 2], [3, 4])).sums.data[0], 10);
  await t.throwsAsync(run([1, 2], [3, 4, 5]), {
    instanceOf: RangeError,
    message: 'the inputs "prices" and "weights" have different sizes N: 2 and 3',
  });
  // Another run may have other sizes.
  t.is((await run([1], [2])).sums.data[0], 3);
  await program.dispose();
});

test('a graph is printed with the names of its sizes, a line for each node', (t) => {
  const x = input('x', ['rows', 3]);
  const square = f.mul(x, x);
  const [from, to] = [x.node.id, square.node.id];
  t.is(
    printGraph([square]),
    `%${from} = input "x" : float32[rows,3]\n%${to} = mul %${from} %${from} : float32[rows,3]`,
  );
});

test('axes of one input that share a name are held to it too', async (t) => {
  const program = await compile('sum', { sum: f.sumAll(input('square', ['N', 'N'])) });
  const square = (...shape: number[]) => program.run({ square: { shape, data: new Float32Array(6) } });
  await t.throwsAsync(square(2, 3), { message: /"square" and "square" have different sizes N: 2 and 3/ });
  await program.dispose();
});
