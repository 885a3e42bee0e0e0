import { z } from 'zod';
import type { Conflict } from '../shared/conflict.ts';
import { addressConflict, isServerAddress } from '../shared/database-address.ts';

/** The names of the readers in `readers/readers.ts`. */
const datasetFormats = [
  'sequences',
  'amazon-2014',
  'amazon-2018',
  'amazon-2023',
  'recbole',
  'movielens',
  'lc-rec',
  'table',
  'shopify',
  'woocommerce',
  'sql',
] as const;

export type DatasetFormat = (typeof datasetFormats)[number];

const name = z.union([z.string().min(1), z.int().min(1).max(10_000)]);

const column = (meaning: string) => name.nullable().default(null).describe(meaning);

const query = (meaning: string) => z.string().trim().min(1).optional().describe(meaning);

const time = z.union([z.number(), z.string().min(1)]);

/** Which columns of a table, or fields of RecBole's files, hold what; numbers count columns where no header names them. */
const columns = z.strictObject({
  user: name
    .default('user_id')
    .describe('column of the user id: its name, or its number from 1 in a file without a header line'),
  item: name.default('item_id').describe('column of the item id'),
  time: column('column of the time (a number or a date); null = the order of the rows'),
  rating: column('column of the rating; null = none'),
  quantity: column(
    'column of how many were bought: a line with a negative one takes back the latest earlier purchase of that user and item',
  ),
});

const itemColumns = z.strictObject({
  item: name.default('item_id').describe('column of the item id'),
  title: column('column of the title'),
  description: column('column of the description'),
  categories: column('column of the categories'),
  brand: column('column of the brand'),
  keywords: column('column of the keywords'),
  price: column('column of the price: a number, or a text such as "12,50 €"'),
  stock: column('column of how many are in stock'),
  image: column("column of the image's address"),
  url: column("column of the product page's address"),
  attributes: z
    .array(name)
    .default([])
    .describe('further columns, kept under their names and given back with every item'),
});

/** How an interaction log is read and prepared. */
export const datasetSettings = z.strictObject({
  format: z.enum(datasetFormats).describe('file format of the interaction log'),
  path: z
    .string()
    .min(1)
    .describe(
      'folder or file of the interaction log, relative to the file that names it (shopify, woocommerce: or a pattern as export/orders-*.csv); format: sql: a DuckDB file, or the address of a database without a password, as postgres://shop@db.example/shop or mysql://…',
    ),
  items_path: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('file of the item texts, if it is not next to the log under its usual name'),
  events: query(
    'format: sql: table of the interactions, or a SELECT; with an ORDER BY its order counts where times are equal or absent',
  ),
  items: query('format: sql: table of the item texts, or a SELECT; without it the items have no text'),
  password_env: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of a variable, not a password')
    .optional()
    .describe(
      'format: sql: environment variable that holds the password, instead of PGPASSWORD for PostgreSQL, MYSQL_PWD for MySQL and MariaDB',
    ),
  snapshot: z
    .string()
    .min(1)
    .optional()
    .describe(
      'format: sql: folder of what was read of the database before, which is not asked then. A run notes its own here',
    ),
  columns: columns
    .prefault({})
    .describe(
      'columns of the interaction log (format: table, sql), fields of the .inter (format: recbole), or columns of the orders of a shop where they have other names than usual',
    ),
  item_columns: itemColumns
    .prefault({})
    .describe(
      'columns of the item texts (format: table, sql), fields of the .item (format: recbole), or columns of the products of a shop where they have other names than usual',
    ),
  separator: z
    .string()
    .min(1)
    .max(4)
    .regex(/^[^"\r\n]+$/, 'no quotation mark or line end')
    .nullable()
    .default(null)
    .describe(
      'separator between the values of a delimited file (format: table); null = a tab in .tsv, else a comma',
    ),
  min_rating: z
    .number()
    .nullable()
    .default(null)
    .describe('interactions rated below are left out; null = keep all'),
  k_core: z
    .int()
    .min(0)
    .max(1000)
    .default(5)
    .describe('users and items with fewer interactions are left out; 0 = keep all'),
  duplicates: z
    .enum(['keep', 'first'])
    .default('keep')
    .describe("a user's repeated items: keep them all, or only the first of each"),
  split: z
    .enum(['leave-one-out', 'time', 'none'])
    .default('leave-one-out')
    .describe(
      'last item of each user for test and the one before for validation, a split by time, or none: all is learned from, and nothing can be evaluated',
    ),
  held_out_users: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe(
      'split: none: share of users, drawn by their ids, whose last item is held out, so that training can choose its length',
    ),
  split_fractions: z
    .tuple([z.number().positive().lt(1), z.number().positive().lt(1)])
    .default([0.8, 0.1])
    .describe('split: time: shares of the events for training and validation; the rest is for test'),
  split_times: z
    .tuple([time, time])
    .nullable()
    .default(null)
    .describe(
      'split: time: start of validation and of test, as a date or in the time unit of the log; takes precedence over split_fractions',
    ),
  catalogue: z
    .enum(['bought', 'all'])
    .default('bought')
    .describe('items of the data: those of the kept interactions, or also all others that have texts'),
  anonymous: z
    .enum(['broken', 'skip'])
    .nullable()
    .default(null)
    .describe(
      'lines without a user: broken ones, or counted and passed over; null = skip with the formats of shops, else broken',
    ),
  require_metadata: z
    .boolean()
    .default(false)
    .describe('leave out items without texts (before the k-core) instead of giving them empty ones'),
  history_limit: z
    .int()
    .min(1)
    .max(10_000)
    .default(20)
    .describe('maximum length of a history; the latest items are kept'),
  max_broken_share: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('share of broken lines above which the run stops'),
  may_shrink: z
    .boolean()
    .default(false)
    .describe('continue: go on although the log has less than half of the items that the earlier run has'),
  memory_limit: z
    .string()
    .regex(/^\d+(\.\d+)? ?([KMGT]i?B)$/, 'a size such as 500MB or 4GB')
    .default('1GB')
    .describe(
      'memory for DuckDB, which reads Parquet files and orders what a database gives, before data goes to disk; changes no result',
    ),
});

export type DatasetSettings = z.infer<typeof datasetSettings>;
/** A column by its name; by its place, from 1, in a delimited file without a header line. */
export type ColumnName = z.infer<typeof name>;

/** Whether lines without a user are passed over. */
export function skipsAnonymous({ anonymous, format }: DatasetSettings): boolean {
  return anonymous === null ? isShop(format) : anonymous === 'skip';
}

/** Rows of anybody's own, whose columns the recipe names. */
export function isTable(format: DatasetFormat): boolean {
  return format === 'table' || format === 'sql';
}

/** Exports of shops, whose columns have usual names. */
export function isShop(format: DatasetFormat): boolean {
  return format === 'shopify' || format === 'woocommerce';
}

/** Formats whose columns a recipe may name. */
export function hasNamedColumns(format: DatasetFormat): boolean {
  return isTable(format) || format === 'recbole' || isShop(format);
}

/** Settings that cannot work together, by their place within the section. */
export function* datasetConflicts(settings: DatasetSettings): Generator<Conflict> {
  yield* databaseConflicts(settings);
  const { split, split_fractions, item_columns } = settings;
  const [training, validation] = split_fractions;
  if (split === 'time' && training + validation >= 1)
    yield {
      path: 'split_fractions',
      message: `${training} and ${validation} leave nothing for the test`,
      remedy: 'Let them add up to less than 1, as in [0.8, 0.1].',
    };
  for (const [at, column] of item_columns.attributes.entries())
    if (column === 'price' || column === 'stock' || column === 'image' || column === 'url')
      yield {
        path: `item_columns.attributes.${at}`,
        message: `the attribute "${column}" has a place of its own`,
        remedy: `Write item_columns: {${column}: ${column}}.`,
      };
}

function* databaseConflicts({
  format,
  path,
  events,
  items,
  items_path,
}: DatasetSettings): Generator<Conflict> {
  const isServer = isServerAddress(path);
  const problem = isServer ? addressConflict(path) : null;
  if (problem) yield { path: 'path', ...problem };
  if (format === 'sql') {
    if (events === undefined)
      yield {
        path: 'events',
        message: 'format: sql needs a table or a SELECT',
        remedy: 'As in events: orders, or events: "SELECT user_id, item_id, created_at FROM orders".',
      };
    if (items_path !== null)
      yield {
        path: 'items_path',
        message: 'the item texts of format: sql come from the database',
        remedy: 'Name their table in dataset.items.',
      };
    return;
  }
  if (isServer)
    yield {
      path: 'format',
      message: `${format} reads files, and dataset.path is the address of a database`,
      remedy: 'Set format to sql.',
    };
  for (const [key, value] of Object.entries({ events, items }))
    if (value !== undefined)
      yield {
        path: key,
        message: `counts for format: sql alone, got format: ${format}`,
        remedy: 'Set format to sql, or remove it.',
      };
}
