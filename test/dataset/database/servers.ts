import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import { waitUntil } from '../../wait-until.ts';

/** A real server of a test's own, on a unix socket in a temporary folder. */
export interface Server {
  /** Without a password: `postgres://shop@…` */
  address: string;
  password: string;
  /** Folder of the server, with its log. */
  folder: string;
  /** Carries out statements as the owner. */
  run(...statements: string[]): Promise<unknown>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

export const password = 'not:in/any file';

/** Null where this machine has no PostgreSQL. */
export async function startPostgres(): Promise<Server | null> {
  const bin = programs('postgres', '/usr/lib/postgresql');
  if (bin === null) return null;
  const { folder, as } = serverFolder('postgres');
  const data = join(folder, 'data');
  writeFileSync(join(folder, 'password'), password);
  execFileSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'shop',
      '-A',
      'scram-sha-256',
      `--pwfile=${join(folder, 'password')}`,
      '-N',
      '-E',
      'UTF8',
      '--locale=C',
    ],
    { stdio: 'ignore', cwd: folder, ...as },
  );
  const encryption = certificateIn(data, as) ? ['-c', 'ssl=on'] : [];
  const port = 20_000 + (process.pid % 20_000);
  const options = [
    '-c',
    'fsync=off',
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `port=${port}`,
    ...encryption,
  ];
  const connect = async () => {
    const client = new Client({ host: folder, port, user: 'shop', database: 'postgres', password });
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  return serverOf({
    folder,
    address: `postgres://shop@127.0.0.1:${port}/postgres`,
    begin: () =>
      spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, ...options], {
        stdio: 'ignore',
        cwd: folder,
        ...as,
      }),
    run: async (statements) => {
      const client = await connect();
      try {
        let last: unknown;
        for (const statement of statements) last = (await client.query(statement)).rows;
        return last;
      } finally {
        await client.end();
      }
    },
  });
}

/** Null where this machine has no MariaDB. */
export async function startMariadb(): Promise<Server | null> {
  const bin = programs('mariadbd', '/usr/sbin');
  if (bin === null) return null;
  const { folder, as } = serverFolder('mariadb');
  const data = join(folder, 'data');
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      `--user=${account}`,
    ],
    { stdio: 'ignore', cwd: folder },
  );
  const socket = join(folder, 'socket');
  const connect = () =>
    createConnection({ socketPath: socket, user: 'root', multipleStatements: true, charset: 'utf8mb4' });
  const server = await serverOf({
    folder,
    address: `mysql://shop@localhost/shop?socket=${socket}`,
    begin: () =>
      spawn(
        join(bin, 'mariadbd'),
        [
          '--no-defaults',
          `--datadir=${data}`,
          `--socket=${socket}`,
          '--skip-networking',
          '--innodb-flush-log-at-trx-commit=0',
        ],
        { stdio: 'ignore', cwd: folder, ...as },
      ),
    run: async (statements) => {
      const connection = await connect();
      try {
        let last: unknown;
        for (const statement of statements) [last] = await connection.query(statement);
        return last;
      } finally {
        await connection.end();
      }
    },
  });
  await server.run(
    `CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE USER shop@localhost IDENTIFIED BY '${password}'; GRANT ALL ON shop.* TO shop@localhost`,
  );
  return server;
}

interface Parts {
  folder: string;
  address: string;
  begin(): ChildProcess;
  run(statements: string[]): Promise<unknown>;
}

async function serverOf({ folder, address, begin, run }: Parts): Promise<Server> {
  let child: ChildProcess | null = null;
  const kill = async () => {
    const ended = child;
    child = null;
    if (!ended || ended.exitCode !== null) return;
    const gone = new Promise((resolve) => ended.once('exit', resolve));
    ended.kill('SIGKILL');
    await gone;
  };
  const start = async () => {
    child = begin();
    await waitUntil(async () => {
      try {
        await run(['SELECT 1']);
        return true;
      } catch {
        return false;
      }
    });
  };
  await start();
  return {
    address,
    password,
    folder,
    run: (...statements) => run(statements),
    kill,
    start,
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Servers refuse to run as root. */
const account = process.getuid?.() === 0 ? 'nobody' : String(process.env.USER ?? 'nobody');

function serverFolder(name: string): { folder: string; as: { uid?: number; gid?: number } } {
  const folder = mkdtempSync(join(tmpdir(), `eager-llm-${name}-`));
  if (process.getuid?.() !== 0) return { folder, as: {} };
  const [uid, gid] = ['-u', '-g'].map((of) =>
    Number(execFileSync('id', [of, account], { encoding: 'utf8' })),
  );
  chmodSync(folder, 0o755);
  chownSync(folder, uid, gid);
  return { folder, as: { uid, gid } };
}

/** The folder that holds a server's program, from Debian's package or the PATH. */
function programs(name: string, usual: string): string | null {
  const versions = existsSync(usual) ? readdirSync(usual).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(usual, version, 'bin')),
    usual,
    ...(process.env.PATH ?? '').split(':'),
  ];
  return folders.find((folder) => existsSync(join(folder, name))) ?? null;
}

/** A certificate that nobody vouches for, where there is openssl. */
function certificateIn(data: string, as: { uid?: number; gid?: number }): boolean {
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=127.0.0.1',
        '-addext',
        'subjectAltName=IP:127.0.0.1',
        '-keyout',
        'server.key',
        '-out',
        'server.crt',
      ],
      { stdio: 'ignore', cwd: data, ...as },
    );
    chmodSync(join(data, 'server.key'), 0o600);
    return true;
  } catch {
    return false;
  }
}
