import test from 'ava';
import { batchesByLength } from '../../orchestrator/decoding/length-batches.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

test('batches hold every sequence once, similar lengths together, within the budget', (t) => {
  const random = createRandom(1);
  const lengths = Array.from({ length: 200 }, () => 1 + random.integer(90));
  const batches = batchesByLength(lengths, 300, 20);
  t.deepEqual(
    batches.flatMap((batch) => [...batch]).sort((a, b) => a - b),
    lengths.map((_, index) => index),
  );
  for (const batch of batches) {
    const own = Array.from(batch, (index) => lengths[index]);
    t.true(batch.length * Math.max(20, ...own) <= 300);
  }
  const longest = batches.map((batch) => Math.max(...Array.from(batch, (index) => lengths[index])));
  t.deepEqual(
    longest,
    [...longest].sort((a, b) => b - a),
  );
});

test('a sequence beyond the budget goes alone', (t) => {
  t.deepEqual(
    batchesByLength([3, 50, 4, 60], 10, 1).map((batch) => [...batch]),
    [[3], [1], [2, 0]],
  );
  t.deepEqual(batchesByLength([], 10, 1), []);
});
