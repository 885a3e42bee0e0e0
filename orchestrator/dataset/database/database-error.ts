import { firstLineOf, UserError } from '../../shared/errors.ts';
import { withoutPassword } from '../../shared/without-password.ts';

interface DriverError {
  code?: unknown;
  errno?: unknown;
}

const unreachable =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT|EACCES|57P0[123]|53300|08\w{3}|PROTOCOL_CONNECTION_LOST|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN)$/;
const ended =
  /connection terminated|connection error|closed the connection|connection (is )?closed|timeout expired|could not set lock|connect etimedout|server closed/i;
const refused = /^(28\w{3}|3D000|ER_ACCESS_DENIED_ERROR|ER_DBACCESS_DENIED_ERROR|ER_BAD_DB_ERROR)$/;
const writes = /^(25006|ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION)$/;

/**
 * What a client of a database threw, as the user's mistake. The first line alone is told: what follows may quote rows.
 * `what`: the recipe key that holds the query.
 */
export function databaseError(cause: unknown, place: string, what?: string): UserError {
  if (cause instanceof UserError) return cause;
  const code = String((cause as DriverError)?.code ?? '');
  const message = withoutPassword(firstLine(cause));
  const is = what === undefined ? '' : `${what}: `;
  if (unreachable.test(code) || ended.test(message))
    return new UserError(unreachableCode, `cannot be reached, or ended the connection: ${message}`, {
      place,
      remedy: 'Check that the server runs, its host, port and network; then give the same command again.',
      cause,
    });
  if (refused.test(code) || /password|pg_hba|authentication/i.test(message))
    return new UserError('dataset/database-refused', `does not let this user in: ${message}`, {
      place,
      remedy:
        'Check user and database in the address, and the password in the environment: PGPASSWORD, MYSQL_PWD, or the variable that password_env names.',
      cause,
    });
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT' || /\b(ssl|tls|certificate|self.signed)\b/i.test(message))
    return new UserError('dataset/database-ssl', `the encrypted connection does not come about: ${message}`, {
      place,
      remedy:
        'Add ?sslmode=disable, prefer, require or verify-full to the address, and sslrootcert=FILE for certificates of your own.',
      cause,
    });
  if (writes.test(code)) return notASelect(place, what ?? 'the query', message);
  return new UserError('dataset/database-query', `${is}${message}`, {
    place,
    remedy: 'Try the query in a client of the database; the user needs the right to SELECT.',
    cause,
  });
}

export const unreachableCode = 'dataset/database-unreachable';

export function notASelect(place: string, what: string, why: string): UserError {
  return new UserError(
    'dataset/not-a-select',
    `${what}: expected a table or one SELECT, got another statement: ${why}`,
    {
      place,
      remedy: 'Nothing is written into a source. Give the name of a table, or a SELECT.',
    },
  );
}

function firstLine(cause: unknown): string {
  // Several addresses were tried.
  if (cause instanceof AggregateError && cause.errors.length > 0) return firstLine(cause.errors[0]);
  return firstLineOf(cause);
}
