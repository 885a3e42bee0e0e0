import { existsSync } from 'node:fs';
import { hashContent } from '../../storage/hash.ts';

/** What a model's name stands for, to be part of a cache key: the hub id itself, or the content of a folder's files. */
export async function modelFingerprint(name: string): Promise<string | Record<string, string>> {
  return existsSync(name) ? Object.fromEntries(await hashContent(name)) : name;
}
