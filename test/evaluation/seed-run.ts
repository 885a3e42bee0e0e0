import { buildResult } from '../../orchestrator/evaluation/build-result.ts';
import type { SeedRun } from '../../orchestrator/evaluation/over-seeds.ts';

/** A model that finds the target of the first `hits` of 100 users at once, beside a baseline that finds those of 20. */
export async function resultOf(seed: number, hits: number, removedHits: number): Promise<SeedRun> {
  const ranks = (count: number) => Int32Array.from({ length: 100 }, (_, user) => (user < count ? 1 : 0));
  const coverage = { coverage: 0.5, coverageCutoff: 10 };
  const methods = [
    { name: 'sasrec', ranked: { kept: ranks(20), removed: ranks(30), ...coverage } },
    { name: 'eager-llm', ranked: { kept: ranks(hits), removed: ranks(removedHits), ...coverage } },
  ];
  const users = Int32Array.from({ length: 100 }, (_, user) => user);
  const result = await buildResult(methods, {
    seed,
    split: 'test',
    users,
    usersInSplit: 100,
    seenTargets: 0,
    listsSeen: true,
    items: 1200,
    historyLimit: 20,
    num_beams: 20,
    cutoffs: [1, 10],
    bootstrap_samples: 100,
  });
  const rankedBy = (method: string) => methods.find(({ name }) => name === method)!.ranked;
  return { result, ranksOf: (method) => ({ users, targets: users, ...rankedBy(method) }) };
}
