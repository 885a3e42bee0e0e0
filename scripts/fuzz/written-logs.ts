import { gzipSync } from 'node:zlib';
import type { z } from 'zod';
import type { datasetSettings } from '../../orchestrator/dataset/settings.ts';
import type { Random } from '../../orchestrator/shared/random.ts';
import { oneOf } from './damage.ts';

type WrittenSettings = z.input<typeof datasetSettings>;

/** A log and its item texts as files, and what has to be read from them. */
export interface WrittenLog {
  files: Record<string, string | Uint8Array>;
  /** A query for `log.parquet`, beside the files. */
  parquet?: string;
  /** As a recipe names the log. */
  options(folder: string): WrittenSettings;
  /** Items by user, oldest first. */
  sequences: Record<string, string[]>;
  titles: Record<string, string>;
}

interface Log {
  rows: { user: string; item: string; time: number }[];
  items: { id: string; title: string }[];
}

/** One for each format that can be read. */
export const writtenLogs: readonly ((random: Random) => WrittenLog)[] = [
  (random) => {
    const log = makeLog(random, ['user', 'é', '\u00a0x', '0', '-1', '__proto__']);
    const lines = Object.entries(sequencesOf(log)).map(([user, items]) =>
      [user, ...items].join(oneOf(random, [' ', '\t', '  '])),
    );
    const items = log.items.map(({ id, title }) => JSON.stringify({ item_id: id, title }));
    return {
      files: {
        'sequences.txt': joined(random, lines),
        'items.jsonl': joined(random, items),
      },
      options: (path) => ({ format: 'sequences', path }),
      ...readAs(log),
    };
  },
  (random) => delimited(random, 'csv', ',', true),
  (random) => delimited(random, 'csv', oneOf(random, [';', '|', '::']), true),
  (random) => delimited(random, 'tsv', '\t', false),
  (random) => {
    const log = makeLog(random, ['user', '2.0', '007']);
    const packed = random.integer(2) === 0 ? '.gz' : '';
    const events = log.rows.map(({ user, item, time }) =>
      JSON.stringify({ user_id: user, item_id: item, at: time, other: [null, { a: 1 }] }).replace(
        /}$/,
        oneOf(random, ['}', ', "nan": NaN}', ', "long": 1152921504606846977}']),
      ),
    );
    const items = log.items.map(({ id, title }) => JSON.stringify({ item_id: id, title }));
    return {
      files: {
        [`log.jsonl${packed}`]: pack(joined(random, events), packed),
        'items.ndjson': joined(random, items),
      },
      options: (folder) => table(`${folder}/log.jsonl${packed}`, `${folder}/items.ndjson`),
      ...readAs(log),
    };
  },
  (random) => {
    const log = makeLog(random, ['1', '2', '3', '115292150460684697']);
    const type = oneOf(random, ['VARCHAR', 'BIGINT', 'HUGEINT', 'BLOB']);
    const rows = log.rows.map(({ user, item, time }) => `('${user}', '${item}', ${time})`);
    const items = log.items.map(({ id, title }) => JSON.stringify({ item_id: id, title }));
    return {
      files: { 'items.jsonl': joined(random, items) },
      parquet: `SELECT u::VARCHAR::${type} AS user_id, i AS item_id, t AS at FROM (VALUES ${rows.join(', ')}) AS log(u, i, t)`,
      options: (folder) => table(`${folder}/log.parquet`, `${folder}/items.jsonl`),
      ...readAs(log),
    };
  },
  (random) => {
    const log = makeLog(random, ['A', 'é"', "o'b"]);
    const key = random.integer(2) === 0;
    const python = (record: object) =>
      `{${Object.entries(record)
        .map(([name, value]) => `'${name}': ${JSON.stringify(value)}`)
        .join(', ')}, 'none': None, 'nan': nan}`;
    const write = key ? python : JSON.stringify;
    const events = log.rows.map(({ user, item, time }) =>
      write({ reviewerID: user, asin: item, unixReviewTime: time, overall: 5 }),
    );
    const items = log.items.map(({ id, title }) => write({ asin: id, title, categories: [['x', 'y']] }));
    return {
      files: {
        'reviews_Beauty_5.json.gz': pack(joined(random, events), '.gz'),
        'meta_Beauty.json': joined(random, items),
      },
      options: (path) => ({ format: 'amazon-2014', path }),
      ...readAs(log),
    };
  },
  (random) => {
    const log = makeLog(random, ['A', 'B']);
    const newer = random.integer(2) === 0;
    const events = log.rows.map(({ user, item, time }) =>
      JSON.stringify(
        newer
          ? { user_id: user, parent_asin: item, timestamp: time * 1000, rating: 1 }
          : { reviewerID: user, asin: item, unixReviewTime: time },
      ),
    );
    const items = log.items.map(({ id, title }) =>
      JSON.stringify({ [newer ? 'parent_asin' : 'asin']: id, title, details: {} }),
    );
    return {
      files: { 'Beauty.jsonl': joined(random, events), 'meta_Beauty.jsonl': joined(random, items) },
      options: (path) => ({ format: newer ? 'amazon-2023' : 'amazon-2018', path }),
      ...readAs(log),
    };
  },
  (random) => {
    const log = makeLog(random, ['u', '1', '"x']);
    const events = log.rows.map(({ user, item, time }) => [time, user, item].join('\t'));
    const items = log.items.map(({ id, title }) => [id, title].join('\t'));
    const ends = oneOf(random, ['\n', '\r\n']);
    return {
      files: {
        'x.inter': ['timestamp:float\tuid:token\titem_id:token', ...events].join(ends) + ends,
        'x.item': ['item_id:token\ttitle:token_seq', ...items].join(ends),
      },
      options: (path) => ({
        format: 'recbole',
        path,
        columns: { user: 'uid', item: 'item_id', time: null, rating: null },
      }),
      ...readAs(log),
    };
  },
  (random) => {
    const log = makeLog(random, ['1', '2', '30']);
    const events = log.rows.map(({ user, item, time }) => `${user}::${item}::4::${time}`);
    const items = log.items.map(({ id, title }) => `${id}::${title}::Drama|Musical`);
    return {
      files: { 'ratings.dat': joined(random, events), 'movies.dat': joined(random, items) },
      options: (path) => ({ format: 'movielens', path }),
      ...readAs(log),
    };
  },
  (random) => {
    const log = makeLog(random, ['0', '1', '10']);
    const titles = Object.fromEntries(log.items.map(({ id, title }) => [id, { title }]));
    const inter = JSON.stringify(sequencesOf(log), null, oneOf(random, [0, 2]));
    return {
      files: {
        'x.inter.json': oneOf(random, ['', '\uFEFF']) + inter,
        'x.item.json': JSON.stringify(titles),
      },
      options: (path) => ({ format: 'lc-rec', path }),
      ...readAs(log),
    };
  },
  (random) => {
    const log = makeLog(random, ['ann@x.example', 'É', '7']);
    const woo = random.integer(2) === 0;
    // What belongs to the order may be left out behind its first line.
    const events = log.rows.map(({ user, item, time }, at) => {
      const again = at > 0 && log.rows[at - 1].user === user && log.rows[at - 1].time === time;
      return [`#${user}-${time}`, again ? '' : user, again ? '' : time, item, random.integer(3) + 1].join(
        ',',
      );
    });
    const items = log.items.map(
      ({ id, title }) => `${id},"${title}",${oneOf(random, ['"1,299"', '9.5', ''])}`,
    );
    const names = woo
      ? ['Order Number,Billing Email,Order Date,SKU,Quantity', 'SKU,Name,Regular price']
      : ['Name,Email,Created at,Lineitem sku,Lineitem quantity', 'Variant SKU,Title,Variant Price'];
    return {
      files: {
        'orders.csv': joined(random, [names[0], ...events]),
        'products.csv': joined(random, [names[1], ...items]),
      },
      options: (path) => ({ format: woo ? 'woocommerce' : 'shopify', path }),
      ...readAs(log),
    };
  },
];

function delimited(random: Random, ending: string, separator: string, quotes: boolean): WrittenLog {
  const log = makeLog(random, ['u 1', '007', '2.0', 'ü', quotes ? 'a"b' : '"c']);
  const headless = random.integer(3) === 0;
  const packed = random.integer(4) === 0 ? '.gz' : '';
  const line = (values: string[]) => values.map((value) => quoted(value)).join(separator);
  const quoted = (value: string) =>
    quotes && (/["\r\n]/.test(value) || value.includes(separator) || random.integer(5) === 0)
      ? `"${value.replaceAll('"', '""')}"`
      : value;
  const events = log.rows.map(({ user, item, time }) => line([user, 'x', item, String(time)]));
  const items = log.items.map(({ id, title }) => line([id, title]));
  const named = (names: string[], rows: string[]) => (headless ? rows : [names.join(separator), ...rows]);
  const usual = separator === ',' || separator === '\t';
  return {
    files: {
      [`log.${ending}${packed}`]: pack(
        joined(random, named(['user_id', 'extra', 'item_id', 'at'], events)),
        packed,
      ),
      [`items.${ending}`]: joined(random, named(['item_id', 'title'], items)),
    },
    options: (folder) => ({
      ...table(`${folder}/log.${ending}${packed}`, `${folder}/items.${ending}`),
      ...(usual ? {} : { separator }),
      ...(headless
        ? {
            columns: { user: 1, item: 3, time: 4, rating: null },
            item_columns: { item: 1, title: 2 },
          }
        : {}),
    }),
    ...readAs(log),
  };
}

function table(path: string, itemsPath: string): WrittenSettings {
  return {
    format: 'table',
    path,
    items_path: itemsPath,
    columns: { user: 'user_id', item: 'item_id', time: 'at', rating: null },
  };
}

/** Three to eight users with three to six items each; a user's rows are in order of time. */
function makeLog(random: Random, parts: readonly string[]): Log {
  const items = Array.from({ length: 4 + random.integer(8) }, (_, at) => ({
    id: `${oneOf(random, parts).replaceAll(/[^\w.-]/g, '')}${at}`,
    title: title(random),
  }));
  const rows = Array.from({ length: 3 + random.integer(6) }, (_, user) => user).flatMap((user) => {
    const name = `${oneOf(random, parts)}${user}`;
    return Array.from({ length: 3 + random.integer(4) }, (_, at) => ({
      user: name.trim(),
      item: oneOf(random, items).id,
      time: 1_400_000_000 + 60 * at,
    }));
  });
  return { rows, items };
}

function title(random: Random): string {
  const words = [
    'Soap',
    'crème',
    '12 oz',
    'R&D',
    'I <3 it',
    'a > b',
    '50%',
    "Dad's",
    '日本',
    '#1',
    '{x}',
    '💄',
  ];
  return Array.from({ length: 1 + random.integer(4) }, () => oneOf(random, words)).join(' ');
}

function readAs(log: Log): Pick<WrittenLog, 'sequences' | 'titles'> {
  return {
    sequences: sequencesOf(log),
    titles: Object.fromEntries(log.items.map(({ id, title }) => [id, title])),
  };
}

function sequencesOf({ rows }: Log): Record<string, string[]> {
  const sequences = new Map<string, string[]>();
  for (const { user, item } of rows) sequences.set(user, [...(sequences.get(user) ?? []), item]);
  return Object.fromEntries(sequences);
}

/** Lines as a file may have them: with a mark at the start, ends of one or two kinds, blank lines, no end at the end. */
function joined(random: Random, lines: readonly string[]): string {
  const ends = oneOf(random, [['\n'], ['\r\n'], ['\n', '\r\n'], ['\n', '\n\n'], ['\r']]);
  const text = lines.map((line) => line + oneOf(random, ends)).join('');
  return oneOf(random, ['', '\uFEFF']) + (random.integer(3) === 0 ? text.replace(/[\r\n]+$/, '') : text);
}

function pack(text: string, packed: string): string | Uint8Array {
  return packed === '' ? text : gzipSync(text);
}
