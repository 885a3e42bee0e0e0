import {
  addressConflict,
  isServerAddress,
  parseAddress,
  type ServerAddress,
} from '../../shared/database-address.ts';
import { UserError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import { databaseError } from './database-error.ts';

/** A database, and what its queries need to know of it. */
export interface OpenedDatabase extends Database {
  /** What surrounds names in its SQL. */
  quote: '"' | '`';
}

/**
 * Opens a database server by its address, or a DuckDB file, for reading alone. The password is taken from the environment:
 * the variable `passwordEnv`, else PGPASSWORD or MYSQL_PWD.
 */
export async function openDatabase(
  path: string,
  passwordEnv: string | undefined,
  signal?: AbortSignal,
): Promise<OpenedDatabase> {
  signal?.throwIfAborted();
  try {
    if (!isServerAddress(path)) {
      const { openDuckDB } = await import('./duckdb.ts');
      return { ...(await openDuckDB(path, { password: undefined, signal })), quote: '"' };
    }
    const address = checkedAddress(path);
    const opening = { password: passwordFor(address, passwordEnv), signal };
    if (address.kind === 'mysql') {
      const { openMysql } = await import('./mysql.ts');
      return { ...(await openMysql(address, opening)), quote: '`' };
    }
    const { openPostgres } = await import('./postgres.ts');
    return { ...(await openPostgres(address, opening)), quote: '"' };
  } catch (error) {
    signal?.throwIfAborted();
    throw databaseError(error, path);
  }
}

/** Throws a UserError for an address that holds a password, or is none; recipes are checked before. */
function checkedAddress(path: string): ServerAddress {
  const conflict = addressConflict(path);
  if (conflict === null) return parseAddress(path);
  throw new UserError('dataset/database-address', conflict.message, { remedy: conflict.remedy });
}

export function passwordFor({ kind }: ServerAddress, passwordEnv: string | undefined): string | undefined {
  const usual = kind === 'mysql' ? 'MYSQL_PWD' : 'PGPASSWORD';
  if (passwordEnv === undefined) return process.env[usual];
  const password = process.env[passwordEnv];
  if (password !== undefined) return password;
  throw new UserError('dataset/no-password', `the environment variable ${passwordEnv} is not set`, {
    place: 'dataset.password_env',
    remedy: `Set it (${passwordEnv}=… eager-llm …), or remove password_env: ${usual} is read then.`,
  });
}
