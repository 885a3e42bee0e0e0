import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckDBOffline } from '../../storage/duckdb-offline.ts';
import { makeFolder } from '../../storage/make-folder.ts';
import type { Item } from '../types.ts';
import type { RawEvent } from './checked-event.ts';

/**
 * Where readers put what they read: a DuckDB file on disk with the tables
 * `raw_events (user_id, item_id, time, rating, quantity)`, whose `rowid` follows the order of the log, and
 * `raw_items (position, item_id, item, offered)`, the item as JSON.
 * Logs larger than memory go to the folder.
 */
export interface Staging {
  /** For queries. */
  connection: DuckDBConnection;
  folder: string;
  addEvent(event: RawEvent): void;
  /** `offered`: may be recommended before anybody bought it (default); hidden and old products are not. */
  addItem(item: Item, offered?: boolean): void;
  /** Makes what was added visible to queries. */
  flush(): void;
  /** Ends DuckDB and removes the folder. */
  close(): void;
}

export interface StagingOptions {
  workFolder: string | null;
  memoryLimit: string;
  signal?: AbortSignal | undefined;
}

export async function openStaging({ workFolder, memoryLimit, signal }: StagingOptions): Promise<Staging> {
  if (workFolder !== null) makeFolder(workFolder);
  const folder = mkdtempSync(join(workFolder ?? tmpdir(), 'eager-llm-dataset-'));
  try {
    const instance = await DuckDBInstance.create(join(folder, 'staging.duckdb'), {
      memory_limit: memoryLimit,
      temp_directory: join(folder, 'spill'),
      ...duckDBOffline,
    });
    const connection = await instance.connect();
    await connection.run(
      `SET enable_progress_bar = true;
       SET enable_progress_bar_print = false;
       CREATE TABLE raw_events (user_id VARCHAR USING COMPRESSION uncompressed, item_id VARCHAR USING COMPRESSION uncompressed,
         "time" DOUBLE USING COMPRESSION uncompressed, rating DOUBLE, quantity DOUBLE);
       CREATE TABLE raw_items (position BIGINT, item_id VARCHAR, item VARCHAR, offered BOOLEAN)`,
    );
    const writing = await instance.connect();
    const events = await writing.createAppender('raw_events');
    const items = await writing.createAppender('raw_items');
    const interrupt = () => connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    let itemCount = 0;
    return {
      connection,
      folder,
      addEvent: (event) => appendEvent(events, event),
      addItem: (item, offered = true) => appendItem(items, itemCount++, item, offered),
      flush: () => {
        events.flushSync();
        items.flushSync();
      },
      close: () => {
        signal?.removeEventListener('abort', interrupt);
        events.closeSync();
        items.closeSync();
        writing.closeSync();
        connection.closeSync();
        instance.closeSync();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function appendEvent(to: DuckDBAppender, event: RawEvent): void {
  to.appendVarchar(event.user);
  to.appendVarchar(event.item);
  appendNumber(to, event.time);
  appendNumber(to, event.rating);
  appendNumber(to, event.quantity ?? null);
  to.endRow();
}

function appendNumber(to: DuckDBAppender, value: number | null): void {
  if (value === null) to.appendNull();
  else to.appendDouble(value);
}

function appendItem(to: DuckDBAppender, position: number, item: Item, offered: boolean): void {
  to.appendBigInt(BigInt(position));
  to.appendVarchar(item.item_id);
  to.appendVarchar(JSON.stringify(item));
  to.appendBoolean(offered);
  to.endRow();
}
