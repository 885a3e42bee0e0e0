import { UserError } from '../../shared/errors.ts';
import { BrokenLine } from '../source/broken-line.ts';
import { checkedEvent, type RawEvent } from '../source/checked-event.ts';
import { isFolder, onlyFile, requireFile } from '../source/files.ts';
import { itemOf } from '../source/item-text.ts';
import { itemsBeside } from '../source/items-beside.ts';
import { readJsonDocument } from '../source/json-document.ts';
import { createLineTally } from '../source/line-tally.ts';
import { eventNeeds, type Reader, type Reading } from './reader.ts';

const log = 'interactions by user (.inter.json)';

/**
 * LC-Rec's `NAME.inter.json` ({user: [items, oldest first]}) and `NAME.item.json` ({item: {title, description,
 * brand, categories}}). Both are one JSON object and are held in memory; places count entries, not lines.
 */
export const readLcRec: Reader = async (reading) => {
  const { settings, staging } = reading;
  const { path } = settings;
  const inter = isFolder(path)
    ? onlyFile(path, log, (name) => name.endsWith('.inter.json'))
    : requireFile(path, log);
  const needs = eventNeeds(reading, false);
  readEntries(inter, reading, (user, items) => {
    if (!Array.isArray(items)) throw new BrokenLine(`user "${user}": expected a list of items`);
    const events = items.map((item): RawEvent => checkedEvent(user, item, null, null, needs));
    for (const event of events) staging.addEvent(event);
  });
  const items = settings.items_path ?? itemsBeside('lc-rec', inter);
  if (items === null) return;
  readEntries(requireFile(items, 'item texts (.item.json)'), reading, (id, fields) => {
    if (fields === null || typeof fields !== 'object' || Array.isArray(fields))
      throw new BrokenLine(`item "${id}": expected an object with title, description, …`);
    const { categories, ...texts } = fields as Record<string, unknown>;
    staging.addItem(
      itemOf(id, {
        ...texts,
        categories: typeof categories === 'string' ? categories.split(/[,|;]/) : categories,
      }),
    );
  });
};

function readEntries(
  path: string,
  { settings, report }: Reading,
  take: (key: string, value: unknown) => void,
): void {
  const record = readJsonDocument(path, 'Give the JSON file that LC-Rec writes in its data preparation.');
  if (record === null || typeof record !== 'object' || Array.isArray(record))
    throw new UserError('dataset/wrong-shape', 'expected one JSON object keyed by user or item', {
      place: path,
      remedy: 'Give the file that LC-Rec writes in its data preparation.',
    });
  const tally = createLineTally(path, settings.max_broken_share, report);
  for (const [at, [key, value]] of Object.entries(record).entries()) {
    try {
      take(key, value);
      tally.good();
    } catch (error) {
      if (!(error instanceof BrokenLine)) throw error;
      tally.broken(at + 1, error);
    }
  }
  tally.finish();
}
