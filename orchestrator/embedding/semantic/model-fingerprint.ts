import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from '../../storage/hash.ts';

/** What a model's name stands for, to be part of a cache key: the hub id itself, or the content of a folder's files. */
export async function modelFingerprint(name: string): Promise<string | Record<string, string>> {
  if (!existsSync(name)) return name;
  const hashes: Record<string, string> = {};
  for (const file of readdirSync(name, { recursive: true, encoding: 'utf8' }).sort())
    if (statSync(join(name, file)).isFile()) hashes[file] = await hashFile(join(name, file));
  return hashes;
}
