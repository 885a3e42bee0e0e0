import test from 'ava';
import { buildResult } from '../../orchestrator/evaluation/build-result.ts';
import { overSeeds } from '../../orchestrator/evaluation/over-seeds.ts';
import { seedsTable, seedsTableMarkdown } from '../../orchestrator/evaluation/seeds-table.ts';

/** A model that finds the target of the first `hits` of 100 users at once, beside a baseline that finds those of 20. */
function resultOf(seed: number, hits: number, removedHits: number) {
  const ranks = (count: number) => Int32Array.from({ length: 100 }, (_, user) => (user < count ? 1 : 0));
  const coverage = { coverage: 0.5, coverageCutoff: 10 };
  return buildResult(
    [
      { name: 'sasrec', ranked: { ranks: ranks(20), removed: ranks(30), ...coverage } },
      { name: 'eager-llm', ranked: { ranks: ranks(hits), removed: ranks(removedHits), ...coverage } },
    ],
    {
      seed,
      split: 'test',
      users: Int32Array.from({ length: 100 }, (_, user) => user),
      usersInSplit: 100,
      seenTargets: 0,
      listsSeen: true,
      items: 1200,
      historyLimit: 20,
      num_beams: 20,
      cutoffs: [1, 10],
      bootstrap_samples: 100,
    },
  );
}

const three = () => Promise.all([resultOf(1, 40, 30), resultOf(2, 42, 31), resultOf(3, 44, 20)]);

test('means and deviations over seeds, with seen items kept and removed', async (t) => {
  const { seeds, blocks } = overSeeds(await three());
  t.deepEqual(seeds, [1, 2, 3]);
  t.deepEqual(
    blocks.map(({ seen, rows }) => [seen, rows.map(({ name }) => name)]),
    [
      ['kept', ['sasrec', 'eager-llm']],
      ['removed', ['sasrec', 'eager-llm']],
    ],
  );
  const { mean, deviation } = blocks[0].rows[1].metrics['recall@10'];
  t.deepEqual([mean.toFixed(6), deviation.toFixed(6)], ['0.420000', '0.020000']);
  t.is(blocks[1].rows[1].metrics['recall@10'].mean.toFixed(4), '0.2700');
});

test('a difference says in how many seeds the paired interval is above 0', async (t) => {
  const [{ kept, removed }] = overSeeds(await three()).differences;
  t.deepEqual([kept.above, removed?.above], [3, 0]);
  t.is(kept.mean.toFixed(4), '0.2200');
});

test('what one of the runs lacks is left out', async (t) => {
  const [first, second] = await three();
  const without = { ...second, methods: second.methods.slice(1), differences: [] };
  const { blocks, differences } = overSeeds([first, without]);
  t.deepEqual(
    blocks[0].rows.map(({ name }) => name),
    ['eager-llm'],
  );
  t.deepEqual(differences, []);
});

test('the tables can be quoted as they are', async (t) => {
  const results = await three();
  const text = seedsTable(overSeeds(results), results[0]);
  t.regex(text, /^kept +recall@1 +recall@10 +NDCG@10$/m);
  t.regex(text, /^eager-llm +\.4200 ± \.0200 /m);
  t.regex(text, /^means over seeds 1, 2, 3, ± the standard deviation \(n - 1\); test split, 100 users, /m);
  t.regex(
    text,
    /^eager-llm minus sasrec in recall@10, seen items kept: \+\.2200 ± \.0200 \(above in 3 of 3 seeds\), and removed: −\.0300 ± \.0608 \(above in 0 of 3 seeds\)$/m,
  );
  const page = seedsTableMarkdown(overSeeds(results), results[0]).split('\n');
  t.is(page[0], '| seen items | method | recall@1 | recall@10 | NDCG@10 |');
  t.is(page[1], '| --- | --- | ---: | ---: | ---: |');
  t.is(page[3], '| kept | eager-llm | .4200 ± .0200 | .4200 ± .0200 | .4200 ± .0200 |');
});
