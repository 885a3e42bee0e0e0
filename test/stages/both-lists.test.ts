import test from 'ava';
import type { Candidates } from '../../orchestrator/decoding/candidates.ts';
import { bothLists, mayListSeen } from '../../orchestrator/opened-run/both-lists.ts';
import type { ColdItems } from '../../orchestrator/opened-run/cold-items.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { smokeRuns } from '../serving/smoke-run.ts';

test('both protocols are searched for together; which of them is served, the recipe and the log say', async (t) => {
  const { artefacts, recipe } = await openRunArtefacts(await smokeRuns(), 'smoke');
  const asked: (Candidates | null)[][] = [];
  const rank = async (prompts: readonly Int32Array[], candidates: readonly (Candidates | null)[] = []) => {
    asked.push([...candidates]);
    return prompts.map((_, at) => [{ items: [at], score: 0 }]);
  };
  const histories = [Int32Array.of(0), Int32Array.of(1, 2)];
  const seen = [new Set([0]), new Set([0, 1, 2])];
  const without = seen.map((items) => ({ without: items }));

  t.false(mayListSeen(recipe.decoding, artefacts.dataset));
  t.true(mayListSeen({ ...recipe.decoding, seen_items: 'allowed' }, artefacts.dataset));
  const lists = await bothLists(rank, artefacts)(histories, seen, [0, 1]);
  t.deepEqual(asked[0], [null, without[0], null, without[1]]);
  t.deepEqual(
    lists.map(({ kept, removed }) => [kept[0].items, removed[0].items]),
    [
      [[0], [1]],
      [[2], [3]],
    ],
  );
});

test('cold items are ranked apart, and stand in both lists as in those that are served', async (t) => {
  const { artefacts } = await openRunArtefacts(await smokeRuns(), 'smoke');
  const [items, others] = [new Set([7, 8]), new Set([0, 1, 2, 3])];
  const onlyAsked: unknown[] = [];
  /** Four items by their codes and two cold ones, of those that may come. */
  const rank = async (prompts: readonly Int32Array[], candidates: readonly (Candidates | null)[] = []) =>
    prompts.map((_, at) => {
      onlyAsked.push(candidates[at]?.only);
      return [0, 1, 2, 3]
        .filter((item) => !candidates[at]?.without?.has(item))
        .map((item) => ({ items: [item], score: -item }));
    });
  const rankCold: ColdItems['rank'] = async (histories, candidates) =>
    histories.map((_, at) =>
      [7, 8]
        .filter((item) => !candidates?.[at]?.without?.has(item))
        .map((item) => ({ items: [item], score: -item, cold: true })),
    );
  const score = async () => new Float32Array();
  const nothing = async () => {};
  const given = {
    items,
    others,
    ranked: false,
    width: 5,
    rank: rankCold,
    score,
    prepare: nothing,
    dispose: nothing,
  };
  const listsOf = async (placing: ColdItems['placing']) => {
    const recommend = bothLists(rank, artefacts, { ...given, placing });
    const [{ kept, removed }] = await recommend([Int32Array.of(0)], [new Set([0, 7])], [0]);
    return [kept, removed].map((list) => list.map((code) => code.items[0]));
  };

  t.deepEqual(await listsOf('behind'), [
    [0, 1, 2, 3, 7],
    [1, 2, 3, 8],
  ]);
  t.deepEqual(await listsOf(5), [
    [0, 7, 1, 8, 2],
    [1, 8, 2, 3],
  ]);
  t.deepEqual(new Set(onlyAsked), new Set([others]));
  onlyAsked.length = 0;
  t.deepEqual(await listsOf('by-probability'), [
    [0, 1, 2, 3, 7],
    [1, 2, 3, 8],
  ]);
  t.deepEqual(onlyAsked, [undefined, undefined]);
  // What ranks anew has placed them already.
  const [{ kept }] = await bothLists(rank, artefacts, { ...given, placing: 'by-probability', ranked: true })(
    [Int32Array.of(0)],
    [new Set()],
    [0],
  );
  t.deepEqual(
    kept.map((code) => code.items[0]),
    [0, 1, 2, 3],
  );
});
