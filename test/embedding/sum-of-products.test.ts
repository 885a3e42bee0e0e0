import test from 'ava';
import { sumOfProducts } from '../../orchestrator/embedding/sum-of-products.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

test('products of pairs of rows are summed in their order, to the last bit', (t) => {
  const random = createRandom(1, 'pairs');
  const draw = (pairs: number, width: number) =>
    Array.from({ length: pairs }, () => Float64Array.from({ length: width }, () => random.normal()));
  for (const pairs of [0, 1, 4, 7]) {
    const [left, right] = [draw(pairs, 3), draw(pairs, 5)];
    const plain = Array.from({ length: 3 }, () => new Float64Array(5));
    for (let pair = 0; pair < pairs; pair++)
      for (let row = 0; row < 3; row++)
        for (let column = 0; column < 5; column++)
          plain[row][column] += left[pair][row] * right[pair][column];
    t.deepEqual(sumOfProducts(left, right, { rows: 3, columns: 5 }), plain, `${pairs} pairs`);
  }
});
