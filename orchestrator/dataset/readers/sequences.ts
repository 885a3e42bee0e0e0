import { join } from 'node:path';
import { isThere } from '../../storage/is-there.ts';
import { BrokenLine } from '../source/broken-line.ts';
import { checkedEvent } from '../source/checked-event.ts';
import { requireFile, requireFolder } from '../source/files.ts';
import { itemOf } from '../source/item-text.ts';
import { parseJsonRecord } from '../source/json-record.ts';
import { readJsonLines } from './read-json-lines.ts';
import { readLines } from './read-lines.ts';
import { eventNeeds, type Reader } from './reader.ts';

/**
 * A folder with `sequences.txt` (a user, then that user's items, oldest first, separated by spaces) and
 * `items.jsonl` (`item_id`, `title` and, where known, `description`, `categories`, `brand`, `keywords`).
 * A user with several lines has them one after the other.
 */
export const readSequences: Reader = async (reading) => {
  const { settings, staging } = reading;
  const folder = requireFolder(settings.path, 'a folder with sequences.txt and items.jsonl');
  const sequences = requireFile(join(folder, 'sequences.txt'), 'a file with one user and their items a line');
  const items = settings.items_path ?? join(folder, 'items.jsonl');
  const needs = eventNeeds(reading, false);
  await readLines(
    sequences,
    (line) => {
      // Blanks and tabs alone: an id may hold U+00A0 or U+2028.
      const [user, ...items] = line.split(/[ \t]+/).filter(Boolean);
      if (line.includes('\r')) throw new BrokenLine('a carriage return within the line: where does it end?');
      if (items.length > 1 && items.slice(0, -1).every((item) => /[,;]$/.test(item)))
        throw new BrokenLine(
          'ids with a comma behind them: blanks or tabs alone stand between ids',
          'Take the commas out: tr -d "," < FILE > NEW.',
        );
      if (items.length === 0) throw new BrokenLine('expected a user and at least one item');
      for (const event of items.map((item) => checkedEvent(user, item, null, null, needs)))
        staging.addEvent(event);
    },
    reading,
  );
  // The texts may be absent as a whole, unless a file was named.
  if (settings.items_path === null && !isThere(items)) return;
  await readJsonLines(
    requireFile(items, 'a file with one item a line'),
    (line) => {
      const record = parseJsonRecord(line);
      staging.addItem(itemOf(record.item_id, record));
    },
    reading,
  );
};
