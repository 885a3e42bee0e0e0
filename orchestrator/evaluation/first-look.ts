import { splitCases } from '../dataset/split-cases.ts';
import type { Dataset } from '../dataset/types.ts';
import { loadBehaviourEncoder } from '../embedding/behaviour/behaviour-files.ts';
import type { Reporter } from '../shared/reporter.ts';
import { describeExamples } from './describe-examples.ts';
import { topItems } from './top-items.ts';

/** What a saved encoder recommends to one user, as a first look long before the language model is ready. */
export async function firstLook(
  encoderFolder: string,
  dataset: Dataset,
  { seed, report }: { seed: number; report: Reporter },
): Promise<void> {
  const encoder = await loadBehaviourEncoder(encoderFolder);
  try {
    const [example] = await describeExamples(
      splitCases(dataset, 'validation'),
      dataset,
      async (histories, seen) => {
        const scores = await encoder.score(histories);
        return seen.map((own, at) => {
          const row = scores.subarray(at * dataset.items.length, (at + 1) * dataset.items.length);
          return topItems(row, 5, own);
        });
      },
      // Notes go into the log of the run, which the page shows.
      { users: 1, seed, named: false },
    );
    if (!example) return;
    report({ type: 'note', text: `a first look, by ${encoder.sizes.encoder} alone:` });
    for (const line of example.split('\n')) report({ type: 'note', text: line });
  } finally {
    await encoder.dispose();
  }
}
