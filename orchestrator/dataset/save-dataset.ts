import { join } from 'node:path';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { writeJson } from '../storage/json-file.ts';
import { writeSafetensors } from '../storage/safetensors.ts';
import { datasetFigures } from './dataset-figures.ts';
import { orderFigures } from './order-figures.ts';
import type { Dataset } from './types.ts';

export const datasetVersion = 1;
export const datasetFiles = {
  header: 'dataset.json',
  items: 'items.jsonl',
  users: 'users.jsonl',
  sequences: 'sequences.safetensors',
} as const;

/**
 * Writes `items.jsonl` (one item a line, in the order of their numbers), `users.jsonl` (one id a line),
 * `sequences.safetensors` (int32 `offsets`, `events`, `trainEnd`, `validationEnd`, `learned` of a continued run, float64
 * `times` where there are some) and, last, `dataset.json`.
 */
export function saveDataset(dataset: Dataset, folder: string): void {
  const {
    items,
    userIds,
    offsets,
    events,
    trainEnd,
    validationEnd,
    times,
    historyLimit,
    protocol,
    equalTimes,
    notices,
    continued,
  } = dataset;
  writeFileAtomic(join(folder, datasetFiles.items), lines(items));
  writeFileAtomic(join(folder, datasetFiles.users), lines(userIds));
  const tensors = {
    offsets,
    events,
    trainEnd,
    validationEnd,
    ...(continued && { learned: continued.learned }),
    ...(times ? { times } : {}),
  };
  writeSafetensors(
    join(folder, datasetFiles.sequences),
    Object.fromEntries(Object.entries(tensors).map(([name, data]) => [name, { shape: [data.length], data }])),
  );
  writeJson(join(folder, datasetFiles.header), {
    version: datasetVersion,
    users: userIds.length,
    items: items.length,
    events: events.length,
    historyLimit,
    protocol: protocol ?? null,
    figures: { ...datasetFigures(dataset), 'ascending ids': orderFigures(dataset).ascendingIds },
    equalTimes,
    notices,
    continued: continued && { items: continued.items, codedFirst: continued.codedFirst },
  });
}

function* lines(values: Iterable<unknown>): Iterable<string> {
  const block: string[] = [];
  for (const value of values) {
    block.push(JSON.stringify(value));
    if (block.length === 1000) yield `${block.splice(0).join('\n')}\n`;
  }
  if (block.length > 0) yield `${block.join('\n')}\n`;
}
