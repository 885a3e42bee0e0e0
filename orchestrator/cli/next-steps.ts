import { loadDataset } from '../dataset/load-dataset.ts';
import type { Dataset } from '../dataset/types.ts';
import { shellLine } from '../shared/shell-line.ts';

/** A setting that is tried is chosen by it or not: the test split is for the figure of what was chosen. */
const onValidation = ['--set', 'evaluation.split=validation'];

/** Commands to try next, ready to be copied, for a run whose dataset is in `datasetFolder`. */
export function nextSteps(
  name: string,
  runsFolder: string,
  datasetFolder: string,
  { hasModel }: { hasModel: boolean },
): string {
  const place = runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder];
  const dataset = loadDataset(datasetFolder);
  const lines = hasModel
    ? [
        ['recommend', name, ...question(dataset), ...place],
        ['chat', name, ...place],
        ['runs', 'show', name, ...place],
        ['evaluate', name, '--set', 'decoding.num_beams=50', ...onValidation, ...place],
      ]
    : [
        ['recommend', name, '--user', dataset.userIds[0], ...place],
        ['runs', 'show', name, ...place],
        ['evaluate', name, '--set', 'decoding.seen_items=allowed', ...onValidation, ...place],
      ];
  return ['Try next:', ...lines.map((line) => `  ${shellLine(['npx', 'eager-llm', ...line])}`)].join('\n');
}

/** Asks about the most popular item with a short title; if there is none, about a user. */
function question({ items, events, userIds }: Dataset): string[] {
  const count = new Uint32Array(items.length);
  for (const item of events) count[item]++;
  const title = Array.from(items.keys())
    .sort((a, b) => count[b] - count[a])
    .map((item) => items[item].title)
    .find(isShort);
  return title ? ['--prompt', `I just bought ${title}, what next?`] : ['--user', userIds[0]];
}

function isShort(title: string): boolean {
  const words = title.split(/\s+/).length;
  return words >= 3 && words <= 6;
}
