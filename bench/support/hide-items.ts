import { join } from 'node:path';
import { prepareDataset } from '../../orchestrator/dataset/prepare-dataset.ts';
import type { DatasetSettings } from '../../orchestrator/dataset/settings.ts';
import type { Dataset, Item } from '../../orchestrator/dataset/types.ts';
import { createRandom, shuffle } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { writeFileAtomic } from '../../orchestrator/storage/atomic-file.ts';

/** A log whose first part knows nothing of some items. */
export interface HiddenItems {
  /** The whole of it. */
  dataset: Dataset;
  /** Ids of the items that are hidden. */
  hidden: ReadonlySet<string>;
  /** Settings of the rest: tables in the folder. */
  rest: string[];
  /** A table of the hidden items alone. */
  hiddenFile: string;
}

/** Writes a log without a share of its items, drawn by seed, and these items, as tables that a recipe can read. */
export async function hideItems(
  settings: DatasetSettings,
  { share, seed, folder }: { share: number; seed: number; folder: string },
): Promise<HiddenItems> {
  const dataset = await prepareDataset(settings, silentReporter);
  const { items, userIds, offsets, events, times } = dataset;
  const drawn = shuffle(
    items.map(({ item_id }) => item_id),
    createRandom(seed, 'hidden-items'),
  );
  const hidden = new Set(drawn.slice(0, Math.round(share * items.length)));
  const isHidden = ({ item_id }: Item) => hidden.has(item_id);
  const file = (name: string) => join(folder, name);
  const log = userIds.flatMap((user_id, user) =>
    Array.from({ length: offsets[user + 1] - offsets[user] }, (_, at) => offsets[user] + at)
      .filter((event) => !isHidden(items[events[event]]))
      .map((event) => ({ user_id, item_id: items[events[event]].item_id, time: times?.[event] ?? event })),
  );
  writeLines(file('log.jsonl'), log);
  writeLines(
    file('items.jsonl'),
    items.filter((item) => !isHidden(item)),
  );
  writeLines(file('hidden.jsonl'), items.filter(isHidden));
  return {
    dataset,
    hidden,
    rest: [
      'format=table',
      `path=${JSON.stringify(file('log.jsonl'))}`,
      `items_path=${JSON.stringify(file('items.jsonl'))}`,
      'columns={time: time}',
    ].map((setting) => `dataset.${setting}`),
    hiddenFile: file('hidden.jsonl'),
  };
}

function writeLines(path: string, rows: readonly unknown[]): void {
  writeFileAtomic(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
