import { loadDataset } from '../dataset/load-dataset.ts';
import type { Dataset } from '../dataset/types.ts';
import { shellLine } from '../shared/shell-line.ts';

/** What a user would try now, ready to be copied: of a run whose dataset is in `datasetFolder`. */
export function nextSteps(name: string, runsFolder: string, datasetFolder: string): string {
  const place = runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder];
  const lines = [
    ['recommend', name, ...question(loadDataset(datasetFolder)), ...place],
    ['chat', name, ...place],
    ['runs', 'show', name, ...place],
    ['evaluate', name, '--set', 'decoding.num_beams=50', ...place],
  ];
  return ['Try next:', ...lines.map((line) => `  ${shellLine(['npx', 'eager-llm', ...line])}`)].join('\n');
}

/** About the most popular item whose title is quickly read; about a user where there is none. */
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
