import type { Conflict } from './conflict.ts';

const sslModes = ['disable', 'prefer', 'require', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

/** Where a database server is, and as whom to ask it; the password comes from the environment. */
export interface ServerAddress {
  kind: 'postgres' | 'mysql';
  /** Null: the client's usual one. */
  user: string | null;
  /** Name or address of the machine; null where `socket` says it. */
  host: string | null;
  port: number;
  /** A unix socket: PostgreSQL's folder, MySQL's file. */
  socket: string | null;
  database: string;
  ssl: SslMode;
  /** File of the certificates that are trusted; null: those of Node. */
  sslRoot: string | null;
  /** Only where lists are written. */
  table: string | null;
}

const scheme = /^(postgres|postgresql|mysql|mariadb):/i;
const passwordNames = ['password', 'passwd', 'pwd', 'pass'];
const parameters = ['sslmode', 'sslrootcert', 'host', 'socket', 'table'];

/** Whether a text is meant as the address of a server, rather than as a file. */
export function isServerAddress(text: string): boolean {
  return scheme.test(text);
}

/** What is wrong with an address, without naming a password that it may hold; null for a sound one. */
export function addressConflict(address: string): Omit<Conflict, 'path'> | null {
  const usual = 'Write it like postgres://USER@HOST/DATABASE or mysql://USER@HOST:3306/DATABASE.';
  const url = parsed(address);
  if (url === null) return { message: 'is not an address', remedy: usual };
  const names = [...url.searchParams.keys()];
  const shown = `${url.protocol}//${url.username}${url.password && ':***'}${url.username && '@'}${url.host}${url.pathname}`;
  if (url.password !== '' || names.some((name) => passwordNames.includes(name.toLowerCase())))
    return {
      message: `the address holds a password: ${shown}`,
      remedy:
        'Take it out, and give it in the environment: PGPASSWORD, MYSQL_PWD, or the variable that password_env names.',
    };
  const unknown = names.find((name) => !parameters.includes(name));
  if (unknown !== undefined)
    return {
      message: `the address has the parameter "${unknown}"; expected ${parameters.join(', ')}`,
      remedy: usual,
    };
  const ssl = url.searchParams.get('sslmode');
  if (ssl !== null && !(sslModes as readonly string[]).includes(ssl))
    return {
      message: `sslmode is "${ssl}"; expected ${sslModes.join(', ')}`,
      remedy: 'Leave it out, or take one of these.',
    };
  if (databaseOf(url) === '') return { message: `${shown} names no database`, remedy: usual };
  return null;
}

/** Reads an address in which `addressConflict` finds nothing. */
export function parseAddress(address: string): ServerAddress {
  const url = parsed(address) as URL;
  const given = (name: string) => url.searchParams.get(name);
  const kind = /^(mysql|mariadb):/i.test(address) ? 'mysql' : 'postgres';
  const named = decodeURIComponent(url.hostname) || given('host') || '';
  const socket = given('socket') ?? (named.startsWith('/') ? named : null);
  const host = socket === null ? named.replace(/^\[(.*)\]$/, '$1') || 'localhost' : null;
  return {
    kind,
    user: decodeURIComponent(url.username) || null,
    host,
    port: Number(url.port || (kind === 'mysql' ? 3306 : 5432)),
    socket,
    database: databaseOf(url),
    ssl: (given('sslmode') as SslMode | null) ?? (isHere(host) ? 'disable' : 'prefer'),
    sslRoot: given('sslrootcert'),
    table: given('table'),
  };
}

/** Null also for `postgres:shop:secret@host`, of which all would be the name of a database, and for a broken `%`. */
function parsed(address: string): URL | null {
  if (!/^[a-z]+:\/\//i.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  try {
    for (const part of [url.hostname, url.username, url.pathname]) decodeURIComponent(part);
  } catch {
    return null;
  }
  return url;
}

function databaseOf({ pathname }: URL): string {
  return decodeURIComponent(pathname.replace(/^\//, ''));
}

/** Nothing leaves this machine. */
function isHere(host: string | null): boolean {
  return host === null || /^(localhost|127\.[\d.]+|::1)$/i.test(host);
}
