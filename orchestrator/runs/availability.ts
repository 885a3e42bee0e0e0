import { join } from 'node:path';
import { z } from 'zod';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { takeLock } from './lock.ts';
import { parseRunName } from './run-name.ts';
import { validated } from './validated.ts';

const availabilityName = 'availability.json';

const availability = z.strictObject({
  /** Ids of items that no list may hold, sorted. */
  delisted: z.array(z.string().min(1)),
});

const remedy = 'Correct the file, or delete it: every item is available then.';

/** The file that holds what is delisted in a run: one for all of its versions, also where one is named (`NAME@2`). */
export function availabilityFile(runsFolder: string, name: string): string {
  return join(runsFolder, parseRunName(name).name, availabilityName);
}

/** Ids of the delisted items; none where there is no file. Throws a UserError for a damaged one. */
export function readDelisted(file: string): Set<string> {
  if (!isThere(file)) return new Set();
  return new Set(validated(availability, readJson(file, remedy), file, remedy).delisted);
}

/**
 * Changes what is delisted and writes it, whole or not at all. The file has a lock of its own: items are delisted also
 * while the run is trained anew.
 */
export function changeDelisted(file: string, change: (delisted: Set<string>) => void): Set<string> {
  const release = takeLock(`${file}.lock`);
  try {
    const delisted = readDelisted(file);
    change(delisted);
    writeJson(file, { delisted: [...delisted].sort() });
    return delisted;
  } finally {
    release();
  }
}
