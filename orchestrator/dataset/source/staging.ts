import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { makeFolder } from '../../storage/make-folder.ts';
import type { Item } from '../types.ts';
import type { RawEvent } from './checked-event.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createItemFile, type ItemFile } from './item-file.ts';
import { openTableReader } from './table-reader.ts';

/** Where readers put what they read: interactions as numbers in memory, item texts in a file. */
export interface Staging {
  folder: string;
  log: EventLog;
  /** The entries of the item texts, in their order: item numbers of the log's table. An item may have several. */
  entries: ItemEntries;
  itemFile: ItemFile;
  addEvent(event: RawEvent): void;
  /** `offered`: may be recommended before anybody bought it (default); hidden and old products are not. */
  addItem(item: Item, offered?: boolean): void;
  /** A DuckDB that reads files for which there is no reader of our own; opened when it is first asked for. */
  tableReader(): Promise<DuckDBConnection>;
  /** Ends all readers and removes the folder. */
  close(): Promise<void>;
}

export interface ItemEntries {
  items: number[];
  offered: boolean[];
}

export interface StagingOptions {
  workFolder: string | null;
  memoryLimit: string;
  /** Ratings are asked for. */
  keepsRatings: boolean;
  signal?: AbortSignal | undefined;
}

export function openStaging({ workFolder, memoryLimit, keepsRatings, signal }: StagingOptions): Staging {
  if (workFolder !== null) makeFolder(workFolder);
  const folder = mkdtempSync(join(workFolder ?? tmpdir(), 'eager-llm-dataset-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const log = createEventLog({ keepsRatings });
  const entries: ItemEntries = { items: [], offered: [] };
  const itemFile = orRemove(() => createItemFile(join(folder, 'items.jsonl')), remove);
  let reader: ReturnType<typeof openTableReader> | null = null;
  return {
    folder,
    log,
    entries,
    itemFile,
    addEvent: log.add,
    addItem(item, offered = true) {
      entries.items.push(log.items.numberOf(item.item_id));
      entries.offered.push(offered);
      itemFile.add(item);
    },
    async tableReader() {
      reader ??= openTableReader({ folder: join(folder, 'spill'), memoryLimit, signal });
      return (await reader).connection;
    },
    async close() {
      try {
        itemFile.close();
        (await reader?.catch(() => null))?.close();
      } finally {
        remove();
      }
    },
  };
}

function orRemove<T>(make: () => T, remove: () => void): T {
  try {
    return make();
  } catch (error) {
    remove();
    throw error;
  }
}
