import test from 'ava';
import { createTopList, lowestUseful, offer } from '../../orchestrator/decoding/top-list.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

test('a top list holds what sorting all candidates puts first, ties by node', (t) => {
  for (let seed = 0; seed < 50; seed++) {
    const random = createRandom(seed);
    const candidates = Array.from({ length: 1 + random.integer(60) }, (_, node) => ({
      node,
      score: -random.integer(8),
      parent: random.integer(5),
    })).sort(() => random.float() - 0.5);
    const capacity = 1 + random.integer(20);
    const list = createTopList(capacity);
    for (const { score, node, parent } of candidates) offer(list, score, node, parent);
    const expected = candidates.sort((a, b) => b.score - a.score || a.node - b.node).slice(0, capacity);
    t.is(list.size, expected.length);
    t.deepEqual(
      [...list.scores.subarray(0, list.size)],
      expected.map(({ score }) => score),
    );
    t.deepEqual(
      [...list.nodes.subarray(0, list.size)],
      expected.map(({ node }) => node),
    );
    t.deepEqual(
      [...list.parents.subarray(0, list.size)],
      expected.map(({ parent }) => parent),
    );
    t.is(lowestUseful(list), list.size < capacity ? -Infinity : expected[capacity - 1].score);
  }
});
