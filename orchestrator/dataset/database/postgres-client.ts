import { Client } from 'pg';
import type { ServerAddress } from '../../shared/database-address.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Opening } from './database.ts';
import { connectPreferred } from './encryption.ts';

const patience = 15_000;

/** A connection to PostgreSQL; times come in UTC. An abort ends it, whatever it does. */
export async function connectPostgres(
  address: ServerAddress,
  { password, signal }: Opening,
): Promise<{ client: Client; close(): Promise<void> }> {
  const client = await connectPreferred(
    address,
    async (ssl) => {
      const made = new Client({
        host: address.socket ?? address.host ?? undefined,
        port: address.port,
        database: address.database,
        ...(address.user === null ? {} : { user: address.user }),
        ...(password === undefined ? {} : { password }),
        ssl,
        connectionTimeoutMillis: patience,
        keepAlive: true,
        application_name: 'eager-llm',
      });
      // Without a listener, the end of the server between two queries would end this process.
      made.on('error', () => {});
      await made.connect();
      return made;
    },
    (error) => /does not support SSL/i.test(messageOf(error)),
  );
  const abort = () => void client.end().catch(() => {});
  signal?.addEventListener('abort', abort, { once: true });
  const close = async () => {
    signal?.removeEventListener('abort', abort);
    await client.end().catch(() => {});
  };
  try {
    await client.query("SET TIME ZONE 'UTC'; SET DateStyle = ISO; SET bytea_output = hex");
    return { client, close };
  } catch (error) {
    await close();
    throw error;
  }
}
