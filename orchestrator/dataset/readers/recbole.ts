import { existsSync } from 'node:fs';
import { UserError } from '../../shared/errors.ts';
import { checkedEvent } from '../source/checked-event.ts';
import { type DelimitedFile, forEachDelimitedRow } from '../source/delimited.ts';
import { isFolder, onlyFile, requireFile } from '../source/files.ts';
import { itemOf } from '../source/item-text.ts';
import { chooseColumns } from './choose-columns.ts';
import { eventNeeds, type Reader, tableReading } from './reader.ts';

const fieldTypes = ['token', 'token_seq', 'float', 'float_seq'];
const log = 'an atomic file of interactions (.inter)';

/** Names that the published atomic files use for the fields of an item. */
const itemFields = {
  title: ['title', 'item_title', 'movie_title', 'name', 'item_name'],
  description: ['description', 'desc'],
  categories: ['categories', 'category', 'genres', 'genre', 'class'],
  brand: ['brand', 'store'],
  keywords: ['keywords', 'tags'],
};

/** RecBole's atomic files: `NAME.inter` and, where there is one, `NAME.item`; tabs, and `name:type` in the header. */
export const readRecbole: Reader = async (reading) => {
  const { options, staging } = reading;
  const { path } = options;
  const inter = isFolder(path)
    ? onlyFile(path, log, (name) => /\.inter(\.gz)?$/.test(name))
    : requireFile(path, log);
  const needs = eventNeeds(reading);
  await forEachDelimitedRow(
    atomicFile(inter),
    (headers, place) => {
      const names = plainNames(headers, place);
      const rating = names.has('rating') || needs.rating ? 'rating' : null;
      const wanted = ['user_id', 'item_id', 'timestamp', rating].map((name) => ({
        name,
        key: 'format: recbole',
      }));
      return chooseColumns(wanted, [...names.keys()], place).map((name) => names.get(name ?? '') ?? null);
    },
    ([user, item, time, rating]) => staging.addEvent(checkedEvent(user, item, time, rating, needs)),
    tableReading(reading),
  );
  const items = options.itemsPath ?? inter.replace(/\.inter(\.gz)?$/, '.item');
  if (options.itemsPath === null && !existsSync(items)) return;
  await forEachDelimitedRow(
    atomicFile(requireFile(items, 'an atomic file of items (.item)')),
    (headers, place) => {
      const names = plainNames(headers, place);
      const [id] = chooseColumns([{ name: 'item_id', key: 'format: recbole' }], [...names.keys()], place);
      const fields = Object.values(itemFields).map((known) => known.find((name) => names.has(name)));
      return [id, ...fields].map((name) => names.get(name ?? '') ?? null);
    },
    ([id, title, description, categories, brand, keywords]) =>
      staging.addItem(
        itemOf(id, {
          title,
          description,
          categories: sequenceOf(categories),
          brand,
          keywords: sequenceOf(keywords),
        }),
      ),
    tableReading(reading),
  );
};

function atomicFile(path: string): DelimitedFile {
  return { path, delimiter: '\t', quotes: false };
}

/** `user_id:token` by `user_id`. */
function plainNames(headers: string[], path: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const header of headers) {
    const [name, type = ''] = header.split(':');
    if (!fieldTypes.includes(type))
      throw new UserError('dataset/atomic-header', `expected name:type as each header, got "${header}"`, {
        place: `${path}:1`,
        remedy: `Give every column one of the types ${fieldTypes.join(', ')}, separated by tabs.`,
      });
    names.set(name, header);
  }
  return names;
}

/** A token sequence: separated by ", " where that occurs (entries then may hold spaces), else by spaces. */
function sequenceOf(text: string | null): string[] {
  if (text === null) return [];
  return (text.includes(',') ? text.split(',') : text.split(' ')).map((entry) =>
    entry.trim().replace(/^\[?['"]?(.*?)['"]?\]?$/, '$1'),
  );
}
