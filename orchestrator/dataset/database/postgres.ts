import { type Client, types } from 'pg';
import type { ServerAddress } from '../../shared/database-address.ts';
import { bytesAsText } from './bytes-as-text.ts';
import type { Database, Opening } from './database.ts';
import { connectPostgres } from './postgres-client.ts';

const rowsAtOnce = 2000;

/** Texts as the server writes them: what they are is told by the types of the columns. */
const asTexts = { getTypeParser: () => (text: string) => text } as unknown as typeof types;

/** As it is; `@types/pg` has it otherwise. */
const arrays = types.arrayParser as unknown as {
  create(text: string, entry: (text: string) => unknown): { parse(): unknown[] };
};

interface Field {
  name: string;
  dataTypeID: number;
}

/** PostgreSQL through `pg`: a cursor in a read-only transaction that sees the database as it was at its beginning. */
export async function openPostgres(address: ServerAddress, opening: Opening): Promise<Database> {
  const { client, close } = await connectPostgres(address, opening);
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  } catch (error) {
    await close();
    throw error;
  }
  return {
    // What changes something is no such cursor, and the extended protocol of `ask` takes one statement alone: with the
    // simple one, `SELECT 1; COMMIT; DELETE …` would leave the read-only transaction.
    columnsOf: async (query) => {
      await ask(client, `DECLARE described NO SCROLL CURSOR FOR ${query}\n`);
      const { fields } = await ask(client, 'FETCH FORWARD 0 FROM described');
      await client.query('CLOSE described');
      return fields.map(({ name }) => name);
    },
    async *rowsOf(query) {
      await ask(client, `DECLARE rows NO SCROLL CURSOR FOR ${query}\n`);
      let read: ((text: string) => unknown)[] | null = null;
      for (;;) {
        const { rows, fields } = await ask(client, `FETCH FORWARD ${rowsAtOnce} FROM rows`);
        if (rows.length === 0) break;
        read ??= await readersOf(client, fields);
        const readers = read;
        yield rows.map((row) => row.map((text, at) => (text === null ? null : readers[at](text))));
      }
      await client.query('CLOSE rows');
    },
    close,
  };
}

async function ask(client: Client, text: string): Promise<{ rows: (string | null)[][]; fields: Field[] }> {
  return client.query({ text, rowMode: 'array', types: asTexts, queryMode: 'extended' } as never) as never;
}

/** How the texts of each column are read. */
async function readersOf(client: Client, fields: readonly Field[]): Promise<((text: string) => unknown)[]> {
  const ids = [...new Set(fields.map(({ dataTypeID }) => dataTypeID))].join(',');
  const { rows } = await ask(
    client,
    `SELECT t.oid::text, coalesce(b.typname, t.typname), t.typcategory FROM pg_type t LEFT JOIN pg_type b ON b.oid = nullif(t.typbasetype, 0) WHERE t.oid IN (${ids})`,
  );
  const known = new Map(rows.map(([id, name, category]) => [id, { name, category }]));
  return fields.map(({ dataTypeID }) => {
    const { name = '', category = '' } = known.get(String(dataTypeID)) ?? {};
    if (category === 'A') return (text) => arrays.create(text, (entry) => entry).parse();
    if (name === 'bool') return (text) => text === 't';
    if (name === 'float4' || name === 'float8') return Number;
    if (name === 'json' || name === 'jsonb') return (text) => JSON.parse(text);
    if (name === 'bytea') return (text) => bytesAsText(Buffer.from(text.slice(2), 'hex'));
    return (text) => text;
  });
}
