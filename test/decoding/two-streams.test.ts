import test from 'ava';
import {
  createTwoStreamRecommender,
  type TwoStreamOptions,
} from '../../orchestrator/decoding/two-streams.ts';
import { floats } from '../../orchestrator/engine/floats.ts';
import { childrenOf, pathTo } from '../../orchestrator/item-index/stream-trees.ts';
import { startRow } from '../../orchestrator/models/eager/config.ts';
import { compileNodeScorer } from '../../orchestrator/models/eager/node-scorer.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { nodeLoss, referenceState } from '../models/reference-eager.ts';
import {
  histories,
  livelyEager,
  tinyEager,
  tinyEagerConfig,
  tinyIndex,
  tinyTrees,
} from '../models/tiny-eager.ts';

const asked = histories.map((history) => Int32Array.from(history));
const shapes = new Map(tinyEager.tensors.map(({ name, shape }) => [name, shape]));
const read = (name: string) => livelyEager.read(name, shapes.get(name)!);

test('with beams for all items, lists are those of both decoders over the whole catalogue', async (t) => {
  const lists = await recommend({ numBeams: 7 });
  for (const [row, list] of lists.entries()) {
    const scored = Array.from({ length: 7 }, (_, item) => {
      const [behaviour, semantic] = tinyTrees.map((_, stream) => plainScore(stream, row, item));
      return { item, score: behaviour + semantic };
    }).sort((a, b) => b.score - a.score);
    t.deepEqual(
      list.map(({ items }) => items),
      scored.map(({ item }) => [item]),
    );
    for (const [at, { score, items, digits }] of list.entries()) {
      t.true(Math.abs(score - scored[at].score) < 1e-3, `${score}, expected ${scored[at].score}`);
      t.deepEqual(digits, [...tinyIndex.codes.subarray(items[0] * 4, (items[0] + 1) * 4)]);
    }
  }
});

test('narrow beams score what either stream has found by both decoders', async (t) => {
  const [wide] = await recommend({ numBeams: 7 });
  const [narrow] = await recommend({ numBeams: 2 });
  t.is(narrow.length, 2);
  for (const { items, score } of narrow) {
    const whole = wide.find((other) => other.items[0] === items[0]);
    t.true(Math.abs(score - Number(whole?.score)) < 1e-4);
  }
});

test('by the decoder that found it, an item has the score of its likelier stream', async (t) => {
  const lists = await recommend({ numBeams: 7, scores: 'own' });
  for (const [row, list] of lists.entries())
    for (const { items, score } of list) {
      const expected = Math.max(...tinyTrees.map((_, stream) => plainScore(stream, row, items[0])));
      t.true(Math.abs(score - expected) < 1e-3, `${score}, expected ${expected}`);
    }
});

test('items that are left out make room inside the search', async (t) => {
  const [whole] = await recommend({ numBeams: 7 });
  const without = new Set(whole.slice(0, 5).map(({ items }) => items[0]));
  const [rest] = await recommend({ numBeams: 2 }, [{ without }, null, { only: new Set([4]) }]);
  t.deepEqual(
    rest.map(({ items }) => items),
    whole.slice(5).map(({ items }) => items),
  );
  const [, , only] = await recommend({ numBeams: 2 }, [null, null, { only: new Set([4]) }]);
  t.deepEqual(
    only.map(({ items }) => items),
    [[4]],
  );
});

test('a list does not depend on what is asked beside it', async (t) => {
  const together = await recommend({ numBeams: 3 });
  for (const [row, history] of asked.entries()) {
    const [alone] = await recommend({ numBeams: 3 }, undefined, [history]);
    t.deepEqual(
      alone.map(({ items }) => items),
      together[row].map(({ items }) => items),
    );
  }
});

async function recommend(
  { numBeams, scores = 'joint' }: { numBeams: number; scores?: TwoStreamOptions['scores'] },
  candidates?: Parameters<ReturnType<typeof createTwoStreamRecommender>>[1],
  prompts = asked,
) {
  const model = frozenModel(tinyEager, livelyEager);
  const streams = await Promise.all(
    tinyTrees.map(async (tree, at) => ({ tree, scorer: await compileNodeScorer(model, at) })),
  );
  try {
    return await createTwoStreamRecommender({ streams, numBeams, scores })(prompts, candidates);
  } finally {
    for (const { scorer } of streams) await scorer.dispose();
  }
}

/** The log-probability of an item's code in one stream, from the plain reference. */
function plainScore(at: number, row: number, item: number): number {
  const tree = tinyTrees[at];
  const stream = tinyEagerConfig.streams[at];
  const path = pathTo(tree, item);
  const latest = histories[row].slice(-tinyEagerConfig.max_position_embeddings);
  let sum = 0;
  for (let level = 0; level < tree.levels; level++) {
    const tokens = [startRow(stream), ...path.slice(0, level)];
    const state = referenceState(tinyEagerConfig, read, tree.name, latest, tokens);
    const { first, end } = childrenOf(tree, level, path);
    const table = floats({ data: read(`decoder.${tree.name}.nodes.weight`) });
    sum -= nodeLoss(state, table, [first, end], path[level]);
  }
  return sum;
}
