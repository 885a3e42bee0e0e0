import test from 'ava';
import { fusedRank } from '../../orchestrator/opened-run/rank-anew.ts';

test('the model hears the histories of lists that are ranked anew: some of its items may have a term', async (t) => {
  const histories = [Int32Array.of(1, 2), Int32Array.of(3)];
  const heard: unknown[] = [];
  const rank: Parameters<typeof fusedRank>[0] = async (prompts, _candidates, behind) => {
    heard.push(behind);
    return prompts.map(() => []);
  };
  const prompts = [Int32Array.of(7), Int32Array.of(8)];
  await fusedRank(rank, async (lists) => [...lists])(prompts, undefined, histories);
  t.deepEqual(heard, [histories]);
});
