import test from 'ava';
import { overSeeds } from '../../orchestrator/evaluation/over-seeds.ts';
import { seedsTable, seedsTableMarkdown } from '../../orchestrator/evaluation/seeds-table.ts';
import { resultOf } from './seed-run.ts';

const three = () => Promise.all([resultOf(1, 40, 30), resultOf(2, 42, 31), resultOf(3, 44, 20)]);

test('means and deviations over seeds, with seen items kept and removed', async (t) => {
  const { seeds, blocks } = await overSeeds(await three());
  t.deepEqual(seeds, [1, 2, 3]);
  t.deepEqual(
    blocks.map(({ seen, rows }) => [seen, rows.map(({ name }) => name)]),
    [
      ['removed', ['sasrec', 'eager-llm']],
      ['kept', ['sasrec', 'eager-llm']],
    ],
  );
  const { mean, deviation, low, high } = blocks[1].rows[1].metrics['recall@10'];
  t.deepEqual([mean.toFixed(6), deviation.toFixed(6)], ['0.420000', '0.020000']);
  t.true(low! < 0.38 && high! > 0.46, 'the interval is over users too');
  t.is(blocks[0].rows[1].metrics['recall@10'].mean.toFixed(4), '0.2700');
});

test('a difference says in how many seeds the paired interval is above 0', async (t) => {
  const [{ kept, removed }] = (await overSeeds(await three())).differences;
  t.deepEqual([kept?.above, removed?.above], [3, 0]);
  t.is(kept?.mean.toFixed(4), '0.2200');
  // The least that 100 draws can say, twice: for two differences.
  t.is(kept?.p, 4 / 101);
  t.true(removed!.p! > 0.1);
});

test('what one of the runs lacks is left out', async (t) => {
  const [first, second] = await three();
  const without = { ...second.result, methods: second.result.methods.slice(1), differences: [] };
  const { blocks, differences } = await overSeeds([first, { ...second, result: without }]);
  t.deepEqual(
    blocks[0].rows.map(({ name }) => name),
    ['eager-llm'],
  );
  t.deepEqual(differences, []);
});

test('the tables can be quoted as they are', async (t) => {
  const runs = await three();
  const [result, one] = [await overSeeds(runs), runs[0].result];
  const text = seedsTable(result, one);
  t.regex(text, /^kept +recall@1 +recall@10 +NDCG@10$/m);
  t.regex(text, /^eager-llm +\.4200 ± \.0200 \(\.3\d+–\.5\d+\) /m);
  t.regex(text, /^means over seeds 1, 2, 3, ± the standard deviation \(n - 1\); test split, 100 users, /m);
  t.regex(
    text,
    /^eager-llm minus sasrec in recall@10, seen items removed: −\.0300 ± \.0608 \(.+; above in 0 of 3 seeds\), and kept: \+\.2200 ± \.0200 \(\+\.1\d+ to \+\.3\d+; p = \.040; above in 3 of 3 seeds\)$/m,
  );
  const page = seedsTableMarkdown(result, one).split('\n');
  t.is(page[0], '| seen items | method | recall@1 | recall@10 | NDCG@10 |');
  t.is(page[1], '| --- | --- | ---: | ---: | ---: |');
  t.regex(page[5], /^\| kept \| eager-llm \| \.4200 ± \.0200 \(\.3\d+–\.5\d+\) \|/);
});

test('without ranks of every case, or of other cases, the spread over seeds stands alone', async (t) => {
  const [first, second] = await three();
  const others = Int32Array.from({ length: 100 }, (_, user) => user + 1);
  for (const ranksOf of [() => null, (method: string) => ({ ...first.ranksOf(method)!, users: others })]) {
    const result = await overSeeds([first, { ...second, ranksOf }]);
    t.is(result.blocks[0].rows[1].metrics['recall@10'].low, null);
    t.is(result.differences[0].kept?.p, null);
    const text = seedsTable(result, first.result);
    t.regex(text, /^eager-llm +\.4100 ± \.0141 +\.4100/m);
    t.regex(text, /a headline needs the mean of at least 3 seeds: these are 2/);
  }
});
