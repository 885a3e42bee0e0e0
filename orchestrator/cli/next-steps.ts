import { loadDataset } from '../dataset/load-dataset.ts';
import type { Dataset } from '../dataset/types.ts';
import { shellLine } from './format/shell.ts';

const popularItems = 50;

/** What a user would try now, ready to be copied: of a run whose dataset is in `datasetFolder`. */
export function nextSteps(name: string, runsFolder: string, datasetFolder: string): string {
  const place = runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder];
  const lines = [
    ['recommend', name, ...question(loadDataset(datasetFolder)), ...place],
    ['runs', 'show', name, ...place],
    ['evaluate', name, '--set', 'decoding.num_beams=50', ...place],
  ];
  return ['Try next:', ...lines.map((line) => `  ${shellLine(['npx', 'eager-llm', ...line])}`)].join('\n');
}

/** About an item that many know and whose title is quickly read; about a user where items have no titles. */
function question(dataset: Dataset): string[] {
  const { items, events, userIds } = dataset;
  const count = new Uint32Array(items.length);
  for (const item of events) count[item]++;
  const titles = Array.from(count.keys())
    .sort((a, b) => count[b] - count[a])
    .slice(0, popularItems)
    .map((item) => items[item].title)
    .filter((title) => title.includes(' '))
    .sort((a, b) => a.length - b.length);
  return titles.length > 0 ? ['--prompt', `I just bought ${titles[0]}, what next?`] : ['--user', userIds[0]];
}
