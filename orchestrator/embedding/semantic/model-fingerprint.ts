import { hashContent } from '../../storage/hash.ts';
import { isThere } from '../../storage/is-there.ts';

/** What a model's name stands for, to be part of a cache key: the hub id itself, or the content of a folder's files. */
export async function modelFingerprint(name: string): Promise<string | Record<string, string>> {
  return isThere(name) ? Object.fromEntries(await hashContent(name)) : name;
}
