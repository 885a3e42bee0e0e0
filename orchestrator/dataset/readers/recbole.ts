import { UserError } from '../../shared/errors.ts';
import type { ColumnName } from '../settings.ts';
import { type DelimitedFile, forEachDelimitedRow } from '../source/delimited.ts';
import { isFolder, onlyFile, requireFile } from '../source/files.ts';
import { itemOf } from '../source/item-text.ts';
import { itemsBeside } from '../source/items-beside.ts';
import { createAttributeColumns } from './attribute-columns.ts';
import { chooseColumns } from './choose-columns.ts';
import { createEventRows } from './event-rows.ts';
import { eventNeeds, fileReading, type Reader } from './reader.ts';

const fieldTypes = ['token', 'token_seq', 'float', 'float_seq'];
const log = 'an atomic file of interactions (.inter)';

/** Names that the published atomic files use for the fields of an item. */
const itemFields = {
  title: ['title', 'item_title', 'movie_title', 'name', 'item_name', 'app_name', 'business_name'],
  description: ['description', 'desc'],
  categories: ['categories', 'category', 'genres', 'genre', 'class'],
  brand: ['brand', 'store'],
  keywords: ['keywords', 'tags'],
};

/**
 * RecBole's atomic files: `NAME.inter` and, where there is one, `NAME.item`; tabs, and `name:type` in the header. The
 * fields are those of `columns` and `item_columns`, which stand for RecBole's USER_ID_FIELD, ITEM_ID_FIELD, ….
 */
export const readRecbole: Reader = async (reading) => {
  const { settings, staging, report } = reading;
  const { path, columns, item_columns } = settings;
  const inter = isFolder(path)
    ? onlyFile(path, log, (name) => /\.inter(\.gz)?$/.test(name))
    : requireFile(path, log);
  const needs = eventNeeds(reading);
  const events = createEventRows(inter, needs, reading);
  await forEachDelimitedRow(
    atomicFile(inter),
    (headers, place) => {
      const names = plainNames(headers, place);
      const rating = columns.rating ?? (names.has('rating') || needs.rating ? 'rating' : null);
      const wanted: [string, ColumnName | null][] = [
        ['user', columns.user],
        ['item', columns.item],
        ['time', columns.time ?? 'timestamp'],
        ['rating', rating],
        ['quantity', columns.quantity],
      ];
      return chosenHeaders(wanted, 'columns', names, place);
    },
    events.take,
    fileReading(reading),
  );
  events.finish();
  const items = settings.items_path ?? itemsBeside('recbole', inter);
  if (items === null) return;
  const attributes = createAttributeColumns(items, reading);
  await forEachDelimitedRow(
    atomicFile(requireFile(items, 'an atomic file of items (.item)')),
    (headers, place) => {
      const names = plainNames(headers, place);
      // Both files call the item by one name, so that naming it once is enough.
      const id = names.has(String(item_columns.item)) ? item_columns.item : columns.item;
      const texts = Object.entries(itemFields).map(([field, known]): [string, ColumnName | null] => [
        field,
        item_columns[field as keyof typeof itemFields] ?? known.find((name) => names.has(name)) ?? null,
      ]);
      if (texts.every(([, name]) => name === null))
        report({
          type: 'warning',
          text: `${place}: no field of texts is known among ${[...names.keys()].join(', ')}; name it in item_columns.title`,
        });
      const further = attributes.wanted.map(({ name, key }): [string, ColumnName | null] => [
        key.slice('item_columns.'.length),
        name,
      ]);
      return chosenHeaders([['item', id], ...texts, ...further], 'item_columns', names, place);
    },
    ([id, title, description, categories, brand, keywords, ...others]) => {
      const texts = {
        title,
        description,
        categories: sequenceOf(categories),
        brand,
        keywords: sequenceOf(keywords),
      };
      staging.addItem(itemOf(id, texts, attributes.read(others)));
    },
    fileReading(reading),
  );
  attributes.finish();
};

function chosenHeaders(
  wanted: [string, ColumnName | null][],
  section: string,
  names: ReadonlyMap<string, string>,
  place: string,
): (string | null)[] {
  const columns = wanted.map(([field, name]) => ({ name, key: `${section}.${field}` }));
  return chooseColumns(columns, [...names.keys()], place).map((name) => names.get(name ?? '') ?? null);
}

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
