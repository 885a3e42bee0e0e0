import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { holdFile, lockHolder } from '../storage/file-lock.ts';
import { hashText } from '../storage/hash.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { makeFolder } from '../storage/make-folder.ts';

/** All that parts of one file have to have in common. */
export type PartSettings = Record<string, string | number | boolean | null>;

/** The finished blocks of one file of lists, each as a file of its own. This process alone works on them. */
export interface Parts {
  folder: string;
  /** How many blocks an earlier process has left whole. */
  found: number;
  /** Customers that get lists beside the users of the log: those that there were when the parts were begun. */
  newCustomers: readonly string[];
  /** Why what an earlier process left was thrown away, in words; null where it was not, or nothing was there. */
  anew: string | null;
  /** Whether a block is there, as it was written. A damaged one is removed. */
  look(block: number): 'whole' | 'damaged' | 'missing';
  write(block: number, text: string): void;
  /** The files of all blocks so far, in order. */
  files(): string[];
  /** Removes the parts. */
  remove(): void;
  /** Lets others work on them; a folder without a part goes. */
  close(): void;
}

const settingsName = 'job.json';
const customersName = 'new-customers.json';
const lockName = 'lock.json';
/** The hash of its content is in a part's name, so that a damaged one shows. */
const partName = /^(\d{8})-([\da-f]{16})\.jsonl$/;

/** `customers`: who is new now; parts that are gone on with keep those of their beginning. */
export function openParts(folder: string, settings: PartSettings, customers: readonly string[] = []): Parts {
  makeFolder(folder);
  const release = hold(folder);
  try {
    const anew = otherSettings(folder, settings);
    const blocks = anew === null ? partsIn(folder) : new Map<number, string>();
    if (anew !== null) {
      clear(folder);
      writeJson(join(folder, customersName), customers);
    }
    // Behind the customers: parts without their settings are never taken for whole.
    writeJson(join(folder, settingsName), settings);
    return {
      folder,
      newCustomers: readJson(join(folder, customersName), '') as string[],
      found: blocks.size,
      anew: anew || null,
      look(block) {
        const name = blocks.get(block);
        if (name === undefined) return 'missing';
        const [, , hash] = partName.exec(name) ?? [];
        if (hash === contentHash(readFileSync(join(folder, name), 'utf8'))) return 'whole';
        rmSync(join(folder, name));
        blocks.delete(block);
        return 'damaged';
      },
      write(block, text) {
        const name = `${String(block).padStart(8, '0')}-${contentHash(text)}.jsonl`;
        writeFileAtomic(join(folder, name), text);
        blocks.set(block, name);
      },
      files: () => [...blocks].sort(([a], [b]) => a - b).map(([, name]) => join(folder, name)),
      remove: () => {
        clear(folder);
        blocks.clear();
      },
      close() {
        if (blocks.size === 0)
          for (const name of [settingsName, customersName]) rmSync(join(folder, name), { force: true });
        release();
        if (blocks.size === 0) removeIfEmpty(folder);
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function hold(folder: string): () => void {
  const file = join(folder, lockName);
  const release = holdFile(file);
  if (release) return release;
  const holder = lockHolder(file);
  const elsewhere = holder && holder.host !== hostname() ? ` on ${holder.host}` : '';
  throw new UserError(
    'lists/locked',
    `another process${holder ? ` (${holder.pid}${elsewhere})` : ''} is writing these lists`,
    { place: folder, remedy: 'Wait for it, or name another file with --out.' },
  );
}

/** What differs between earlier parts and these settings, in words; empty where there are no parts, null for nothing. */
function otherSettings(folder: string, settings: PartSettings): string | null {
  const file = join(folder, settingsName);
  if (!isThere(file)) return '';
  try {
    const before = readJson(file, '') as PartSettings;
    readJson(join(folder, customersName), '');
    const names = new Set([...Object.keys(before), ...Object.keys(settings)]);
    const other = [...names].filter((name) => before[name] !== settings[name]);
    return other.length > 0 ? `they were made with another ${other.join(', ')}` : null;
  } catch {
    return 'the file that says what they were made with is damaged';
  }
}

/** Names of the parts, by block. */
function partsIn(folder: string): Map<number, string> {
  const named = readdirSync(folder).filter((name) => partName.test(name));
  return new Map(named.map((name) => [Number(partName.exec(name)?.[1]), name]));
}

/** Removes what is ours, and nothing else. */
function clear(folder: string): void {
  // The settings last: parts without them are never taken for whole.
  const own = readdirSync(folder).filter((name) => partName.test(name) || name.includes('.tmp'));
  for (const name of [...own, settingsName, customersName])
    rmSync(join(folder, name), { recursive: true, force: true });
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something else lies there.
  }
}

function contentHash(text: string): string {
  return hashText(text).slice(0, 16);
}
