import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { messageOf, UserError } from '../shared/errors.ts';
import { isAlive } from '../shared/process-identity.ts';
import type { Reporter } from '../shared/reporter.ts';
import { syncFolder, writeFileAtomic } from './atomic-file.ts';
import { hashText } from './hash.ts';
import { makeFolder } from './make-folder.ts';

export interface HubOptions {
  /** Files are kept below it as owner/name/file; the transformers library's own cache by default. */
  cacheFolder?: string | undefined;
  /** Branch, tag or commit; `main` by default. */
  revision?: string | undefined;
  report?: Reporter | undefined;
  signal?: AbortSignal | undefined;
}

/** A repository of the Hugging Face hub, seen through the folder where its files are kept. */
export interface HubRepository {
  folder: string;
  /** Downloads a file unless it is there; false: the repository has no such file. Throws a UserError when it cannot be had. */
  fetch(file: string): Promise<boolean>;
}

const attempts = 4;

export function isHubId(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)?$/.test(name) && !name.includes('..');
}

/**
 * Opens a repository of the hub that the transformers library is set to (`env.remoteHost`). Files arrive under a
 * temporary name and are renamed when whole; a download that was cut goes on where it stopped. What is there is
 * never asked for again, so that a model that was downloaded once works without a network. The token in HF_TOKEN
 * is sent along, for models behind a licence.
 */
export async function openHub(id: string, options: HubOptions = {}): Promise<HubRepository> {
  const { env } = await import('@huggingface/transformers');
  const { revision = 'main', signal, report } = options;
  const template = env.remotePathTemplate
    .replaceAll('{model}', id)
    .replaceAll('{revision}', encodeURIComponent(revision));
  const base = `${env.remoteHost.replace(/\/?$/, '/')}${template.replace(/^\/|\/$/g, '')}/`;
  const cache = options.cacheFolder ?? env.cacheDir;
  if (!cache) throw new TypeError('the transformers library has no cache folder, and none was given');
  const folder = join(cache, ...id.split('/'), ...(revision === 'main' ? [] : [revision]));
  return {
    folder,
    async fetch(file) {
      const path = join(folder, file);
      // The hub was asked once and has no such file: without this note, every start would need the network.
      const absent = `${path}.absent`;
      if (existsSync(path)) return true;
      if (existsSync(absent)) return false;
      makeFolder(dirname(path));
      const url = base + file.split('/').map(encodeURIComponent).join('/');
      const found = await withRetries(id, file, signal, () =>
        transfer(url, path, { id, file, report, signal, fetch: env.fetch }),
      );
      if (!found) writeFileAtomic(absent, '');
      return found;
    },
  };
}

/** Repeats what the network broke; what the hub refused is refused. */
async function withRetries<T>(
  id: string,
  file: string,
  signal: AbortSignal | undefined,
  run: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof UserError) throw cause;
      if (attempt === attempts)
        throw new UserError(
          'hub/unreachable',
          `${file} cannot be downloaded from the hub: ${reasonOf(cause)}`,
          {
            place: id,
            remedy:
              'Check the network and run again: what was already downloaded is kept. Or download the model elsewhere and give its folder.',
            cause,
          },
        );
      await setTimeout(100 * 4 ** (attempt - 1), undefined, { signal });
    }
  }
}

interface Transfer {
  id: string;
  file: string;
  report: Reporter | undefined;
  signal: AbortSignal | undefined;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

async function transfer(
  url: string,
  path: string,
  { id, file, report, signal, fetch }: Transfer,
): Promise<boolean> {
  const begun = adoptPart(path);
  const response = await fetch(url, {
    // The length of a compressed answer says nothing about that of the file.
    headers: {
      'accept-encoding': 'identity',
      ...authorization(),
      ...(begun && { range: `bytes=${begun.size}-` }),
    },
    signal: signal ?? null,
  });
  if (response.status === 404) return false;
  if (response.status === 401 || response.status === 403) throw refused(id, file, response.status);
  const version = hashOf(response.headers.get('etag'));
  const goesOn = begun && response.status === 206 && begun.version === version;
  if (begun && !goesOn) rmSync(begun.path, { force: true });
  if (!response.ok || !response.body || (response.status === 206 && !goesOn)) {
    await response.body?.cancel();
    throw new Error(`the hub answered ${response.status} ${response.statusText}`);
  }
  const part = goesOn ? begun.path : partPath(path, version);
  const start = goesOn ? begun.size : 0;
  const length = response.headers.get('content-length');
  const total = length === null ? null : start + Number(length);
  const arrived = await writeBody(response.body, part, start, (done) =>
    report?.({ type: 'progress', label: `${id} ${file}`, done, total: total ?? done }),
  );
  if (total !== null && arrived !== total) throw new Error(`${arrived} of ${total} bytes arrived`);
  renameSync(part, path);
  syncFolder(dirname(path));
  return true;
}

/** Appends a body to a file from byte `start` on; gives the file's size. */
async function writeBody(
  body: AsyncIterable<Uint8Array>,
  path: string,
  start: number,
  onProgress: (done: number) => void,
): Promise<number> {
  const handle = openSync(path, start > 0 ? 'a' : 'w');
  let done = start;
  let told = start;
  try {
    for await (const chunk of body) {
      for (let at = 0; at < chunk.length; ) at += writeSync(handle, chunk, at);
      done += chunk.length;
      if (done - told < 1 << 20) continue;
      told = done;
      onProgress(done);
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  onProgress(done);
  return done;
}

interface Part {
  path: string;
  /** Of the file on the hub: parts of two versions must not be joined. */
  version: string;
  size: number;
}

function partPath(path: string, version: string): string {
  return `${path}.${version}.${process.pid}.part`;
}

/** What an earlier try left of a file, taken over from its process when that one is gone. */
function adoptPart(path: string): Part | null {
  const prefix = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    const [version, pid, ending] = name.startsWith(prefix) ? name.slice(prefix.length).split('.') : [];
    if (ending !== 'part' || !version) continue;
    if (Number(pid) !== process.pid && isAlive({ pid: Number(pid), started: null })) continue;
    const own = partPath(path, version);
    try {
      renameSync(join(dirname(path), name), own);
      const { size } = statSync(own);
      if (size > 0 && version !== hashOf(null)) return { path: own, version, size };
    } catch {
      // Another process was faster.
    }
  }
  return null;
}

function hashOf(etag: string | null): string {
  return hashText(etag ?? '').slice(0, 16);
}

function authorization(): Record<string, string> {
  const token = process.env.HF_TOKEN;
  return token ? { authorization: `Bearer ${token}` } : {};
}

function refused(id: string, file: string, status: number): UserError {
  return new UserError(
    'hub/no-access',
    `the hub refuses ${file} (${status}): no such model, or it is gated or private`,
    {
      place: id,
      remedy:
        'Check the id; for a gated model, accept its licence on the hub and set HF_TOKEN to your access token.',
    },
  );
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? ` (${messageOf(cause.cause)})` : '';
  return messageOf(cause) + inner;
}
