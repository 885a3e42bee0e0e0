import test from 'ava';
import { coldItemsOf } from '../../orchestrator/decoding/cold-items.ts';
import { createColdRanking } from '../../orchestrator/decoding/rank-cold.ts';

const items = 6;
const cold = new Set([1, 3, 4]);
/** Depends on the history, and has a tie between items 3 and 4. */
const scoresOf = (history: Int32Array) => [2, history[0], 5, 1, 1, 0];

function rankingOf(width = 10) {
  let scored = 0;
  const score = async (histories: readonly Int32Array[]) => {
    scored += histories.length;
    return Float32Array.from(histories.flatMap(scoresOf));
  };
  return { rank: createColdRanking({ score, cold, items, width }), scored: () => scored };
}

test('cold items are those with few training events', (t) => {
  t.deepEqual([...coldItemsOf([0, 3, 1, 0], 1)], [0, 3]);
  t.deepEqual([...coldItemsOf([0, 3, 1, 0], 2)], [0, 2, 3]);
  // Nothing to tell from.
  t.is(coldItemsOf([0, 1, 1, 0], 2).size, 0);
});

test('a cold item scores the log of its share of the softmax over all items', async (t) => {
  const history = Int32Array.of(3);
  const [list] = await rankingOf().rank([history]);
  const all = scoresOf(history);
  const total = Math.log(all.reduce((sum, score) => sum + Math.exp(score), 0));
  t.deepEqual(
    list.map((each) => each.items[0]),
    [1, 3, 4],
  );
  for (const {
    items: [item],
    score,
  } of list)
    t.true(Math.abs(score - (all[item] - total)) < 1e-6);
});

test('only candidates are listed, and no more than the list is long', async (t) => {
  const history = Int32Array.of(0);
  const { rank, scored } = rankingOf(2);
  const lists = await rank(
    [history, history, history],
    [null, { without: new Set([3]) }, { only: new Set([0, 4]) }],
  );
  t.deepEqual(
    lists.map((list) => list.map((each) => each.items[0])),
    [[3, 4], [4, 1], [4]],
  );
  t.is(scored(), 1, 'a history that comes several times is scored once');
});
