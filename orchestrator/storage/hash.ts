import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { filesBelow } from './files-below.ts';

/** SHA-256 of a text, as 64 hex digits. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256 of a JSON value whose object keys are put in order first, as 64 hex digits. */
export function hashJson(value: unknown): string {
  return hashText(stableJson(value));
}

/** SHA-256 of numbers as they lie in memory, as 64 hex digits. */
export function hashNumbers({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
}

/** SHA-256 of a file's bytes, streamed, as 64 hex digits. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * What a file or folder holds: the name and SHA-256 of each of its files, a folder's by their names below it; links are
 * followed. Throws where there is nothing to hash, so that no two things are equal because neither could be read.
 */
export async function hashContent(path: string): Promise<[name: string, hash: string][]> {
  const status = statSync(path);
  if (status.isFile()) return [[basename(path), await hashLasting(path)]];
  if (!status.isDirectory())
    throw new Error('is no file and no folder; what is read but once has to be saved as a file first');
  const hashes: [string, string][] = [];
  for (const { name, path: found, ...file } of filesBelow(path)) {
    if (file.kind === 'other') throw new Error(`${name} is no file and no folder`);
    hashes.push([name, file.kind === 'file' ? await hashLasting(found) : `a link to ${file.target}`]);
  }
  if (!hashes.some(([, hash]) => /^[\da-f]{64}$/.test(hash))) throw new Error('the folder holds no file');
  return hashes;
}

const known = new Map<string, string>();
const clockTick = 2000;

/** Large models and logs are hashed before every stage: what has not been written to since is not read again. */
async function hashLasting(path: string): Promise<string> {
  const { dev, ino, size, ctimeMs } = statSync(path);
  const version = [dev, ino, size, ctimeMs].join(' ');
  const found = known.get(version);
  if (found !== undefined) return found;
  // A file written to a moment ago may be written to again in the same tick of the clock.
  const lasts = Date.now() - ctimeMs > clockTick;
  const hash = await hashFile(path);
  if (lasts) known.set(version, hash);
  return hash;
}

function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
