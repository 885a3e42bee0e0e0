import { type Connection, type ConnectionOptions, createConnection, type FieldPacket } from 'mysql2';
import type { ServerAddress } from '../../shared/database-address.ts';
import { bytesAsText } from './bytes-as-text.ts';
import type { Database, Opening } from './database.ts';
import { connectPreferred, type Encryption } from './encryption.ts';

const rowsAtOnce = 2000;
const patience = 15_000;
/** Number of the character set that stands for bytes. */
const binary = 63;

/** MySQL and MariaDB through `mysql2`: rows as they come, in a read-only transaction of one moment. */
export async function openMysql(address: ServerAddress, { password, signal }: Opening): Promise<Database> {
  const connection = await connectPreferred(
    address,
    (ssl) => connect(optionsOf(address, password, ssl)),
    (error) => (error as { code?: string }).code === 'HANDSHAKE_NO_SSL_SUPPORT',
  );
  // The end of the server between two queries would end this process otherwise.
  connection.on('error', () => {});
  const abort = () => connection.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  const ask = (text: string) =>
    new Promise<FieldPacket[]>((resolve, reject) => {
      connection.query(text, (error, _rows, fields) => (error ? reject(error) : resolve(fields)));
    });
  const close = async () => {
    signal?.removeEventListener('abort', abort);
    // Rows that nobody reads any more would be waited for.
    connection.destroy();
  };
  try {
    await ask("SET time_zone = '+00:00'");
    await ask('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await ask('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
  } catch (error) {
    await close();
    throw error;
  }
  return {
    // Within another SELECT there can be no other statement, and no INTO.
    columnsOf: async (query) =>
      (await ask(`SELECT * FROM (${query}\n) AS described LIMIT 0`)).map(({ name }) => name),
    async *rowsOf(query) {
      const asked = connection.query({ sql: query, rowsAsArray: true });
      let fields: FieldPacket[] = [];
      asked.on('fields', (told: FieldPacket[]) => {
        fields = told;
      });
      let batch: unknown[][] = [];
      const found = asked.stream({ highWaterMark: rowsAtOnce });
      // The client waits on for a server that was killed while it had sent enough.
      socketOf(connection).once('close', () => found.destroy(new Error('the server closed the connection')));
      for await (const row of found) {
        batch.push((row as (Buffer | null)[]).map((bytes, at) => plainText(bytes, fields[at])));
        if (batch.length < rowsAtOnce) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    },
    close,
  };
}

function optionsOf(
  address: ServerAddress,
  password: string | undefined,
  ssl: Encryption | false,
): ConnectionOptions {
  return {
    ...(address.socket === null
      ? { host: address.host ?? 'localhost', port: address.port }
      : { socketPath: address.socket }),
    user: address.user ?? process.env.USER ?? 'root',
    ...(password === undefined ? {} : { password }),
    database: address.database,
    ...(ssl === false ? {} : { ssl }),
    charset: 'utf8mb4',
    connectTimeout: patience,
    // Bytes as they come, so that no number and no date is taken for less than it says.
    typeCast: (field, _next) => field.buffer(),
    multipleStatements: false,
  };
}

function connect(options: ConnectionOptions): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const connection = createConnection(options);
    connection.once('error', reject);
    connection.connect((error) => {
      if (error) {
        connection.destroy();
        reject(error);
      } else {
        connection.removeListener('error', reject);
        resolve(connection);
      }
    });
  });
}

function plainText(bytes: Buffer | null, field: FieldPacket | undefined): unknown {
  if (bytes === null) return null;
  const type = field?.columnType ?? field?.type;
  if (type === 4 || type === 5) return Number(bytes.toString());
  if (type === 245) return JSON.parse(bytes.toString('utf8'));
  // BIT
  if (type === 16) return String(BigInt(`0x${bytes.toString('hex') || '0'}`));
  return (field?.characterSet ?? binary) === binary && isBytes(type)
    ? bytesAsText(bytes)
    : bytes.toString('utf8');
}

function socketOf(connection: Connection): NodeJS.EventEmitter {
  return (connection as unknown as { stream: NodeJS.EventEmitter }).stream;
}

/** BINARY, VARBINARY and the BLOBs; numbers and dates come with that character set as well, as texts. */
function isBytes(type: number | undefined): boolean {
  return type !== undefined && type >= 249 && type <= 254;
}
