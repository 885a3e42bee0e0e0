import test from 'ava';
import type { Candidates } from '../../orchestrator/decoding/candidates.ts';
import { bothLists, mayListSeen } from '../../orchestrator/opened-run/both-lists.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { smokeRuns } from '../serving/smoke-run.ts';

test('where nobody takes items again, one list without seen items answers for both protocols', async (t) => {
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
  const [first] = await bothLists(rank, artefacts, false)(histories, seen);
  t.is(first.kept, first.removed);
  t.deepEqual(asked, [without]);

  t.true(mayListSeen({ ...recipe.decoding, seen_items: 'allowed' }, artefacts.dataset));
  const lists = await bothLists(rank, artefacts, true)(histories, seen);
  t.deepEqual(asked[1], [null, without[0], null, without[1]]);
  t.deepEqual(
    lists.map(({ kept, removed }) => [kept[0].items, removed[0].items]),
    [
      [[0], [1]],
      [[2], [3]],
    ],
  );
});
