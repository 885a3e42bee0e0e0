import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf, UserError } from '../shared/errors.ts';
import { hashFile, hashJson } from '../storage/hash.ts';

export interface StageKeyParts {
  stage: string;
  /** Counted up when the stage's code makes something else of the same input. */
  version: number;
  /** The parts of the recipe that the stage reads. */
  sections: unknown;
  seed: number;
  /** Keys of the input stages by name. */
  inputs: Record<string, string>;
  /** Files and folders from outside of the run that the stage reads. */
  inputFiles: string[];
}

/** Equal keys mean equal results. Of input files the content counts, not the place. */
export async function makeStageKey({ inputFiles, ...parts }: StageKeyParts): Promise<string> {
  const files: [name: string, sha256: string][] = [];
  for (const path of inputFiles) files.push(...(await hashPath(path)));
  return hashJson({ ...parts, files });
}

async function hashPath(path: string): Promise<[string, string][]> {
  try {
    if (!statSync(path).isDirectory()) return [[basename(path), await hashFile(path)]];
    const names = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    const hashes: [string, string][] = [];
    for (const name of names) hashes.push([name.slice(path.length), await hashFile(name)]);
    return hashes;
  } catch (cause) {
    throw new UserError('runs/unreadable-input', `cannot be read: ${messageOf(cause)}`, {
      place: path,
      remedy: 'Check the path in the recipe and the rights of the file.',
      cause,
    });
  }
}
