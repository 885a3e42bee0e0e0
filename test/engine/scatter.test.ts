import test from 'ava';
import * as f from '../../orchestrator/engine/functions.ts';
import { input } from '../../orchestrator/engine/graph.ts';
import { compile } from '../../orchestrator/engine/program.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

test('every update of an id is added, each time, when threads share large sums by row', async (t) => {
  const [count, width, rows] = [4000, 96, 50];
  const random = createRandom(1);
  // Whole numbers: sums are exact in any order.
  const data = Float32Array.from({ length: count * width }, () => random.integer(100));
  const ids = Array.from({ length: count }, () => random.integer(rows));
  const expected = new Float32Array(rows * width);
  for (const [at, id] of ids.entries())
    for (let column = 0; column < width; column++) expected[id * width + column] += data[at * width + column];
  const sums = f.scatterAddRows(input('x', ['n', width]), input('ids', ['n'], 'int64'), rows);
  const program = await compile('sums', { sums }, { threads: 2 });
  const feeds = {
    x: { shape: [count, width], data },
    ids: { shape: [count], data: BigInt64Array.from(ids, BigInt) },
  };
  for (let run = 0; run < 10; run++) t.deepEqual((await program.run(feeds)).sums.data, expected);
  await program.dispose();
});
