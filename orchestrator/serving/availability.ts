import { statSync } from 'node:fs';
import type { Item } from '../dataset/types.ts';
import { readDelisted } from '../runs/availability.ts';
import { UserError } from '../shared/errors.ts';
import { idLines } from '../storage/id-lines.ts';

/** Which items of a run lists may hold, as files say it. */
export interface Availability {
  /** Numbers of the items that no list may hold; the same set until that changes. */
  unavailable(): ReadonlySet<number>;
  /** Ids of the files of available and excluded items that the catalogue does not have. */
  unknown(): readonly string[];
  /** Reads the files again if they were changed. Throws a UserError for one that cannot be read; the state stays. */
  refresh(): void;
}

export interface AvailabilityFiles {
  /** The delisted items of the run; it need not be there. */
  delisted: string;
  /** If given, only these items are available: ids, a line each. */
  available?: string | undefined;
  /** If given, none of these items is available: ids, a line each. */
  excluded?: string | undefined;
}

/** Opens the files; throws a UserError for one that cannot be read. */
export function openAvailability(
  { delisted, available, excluded }: AvailabilityFiles,
  items: readonly Pick<Item, 'item_id'>[],
): Availability {
  const numbers = new Map(items.map(({ item_id }, item) => [item_id, item]));
  const files = [delisted, available, excluded].filter((file) => file !== undefined);
  let seen = '';
  let unavailable: ReadonlySet<number> = new Set();
  let unknown: readonly string[] = [];
  const read = () => {
    const offered = available === undefined ? null : itemsIn(available, numbers);
    if (available !== undefined && offered?.items.size === 0) throw noneOffered(available);
    const left = excluded === undefined ? null : itemsIn(excluded, numbers);
    const closed = new Set(left?.items);
    for (let item = 0; item < items.length; item++) if (offered?.items.has(item) === false) closed.add(item);
    for (const id of readDelisted(delisted)) {
      const item = numbers.get(id);
      // A retrained run may no longer have it.
      if (item !== undefined) closed.add(item);
    }
    unavailable = closed;
    unknown = [...(offered?.unknown ?? []), ...(left?.unknown ?? [])];
  };
  const refresh = () => {
    const found = files.map(stateOf).join(' ');
    if (found === seen) return;
    // Also where reading fails: a broken file is told once.
    seen = found;
    read();
  };
  refresh();
  return { unavailable: () => unavailable, unknown: () => unknown, refresh };
}

function itemsIn(file: string, numbers: ReadonlyMap<string, number>) {
  const items = new Set<number>();
  const unknown: string[] = [];
  for (const id of idLines(file)) {
    const item = numbers.get(id);
    if (item === undefined) unknown.push(id);
    else items.add(item);
  }
  return { items, unknown };
}

/** A file that is just being written, or one of another catalogue, must not close the shop. */
function noneOffered(place: string): UserError {
  return new UserError('serving/none-available', 'names no item of the catalogue', {
    place,
    remedy: 'Write the ids of all items that may be recommended, a line each.',
  });
}

/** Changes with every write, also with one that takes the place of the file. */
function stateOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}:${found.size}:${found.mtimeMs}` : 'none';
}
