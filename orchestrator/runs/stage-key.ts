import { messageOf, UserError } from '../shared/errors.ts';
import { hashContent, hashJson } from '../storage/hash.ts';

export interface StageKeyParts {
  stage: string;
  /** Bump when the same input gives different output. */
  version: number;
  /** The parts of the recipe that the stage reads. */
  sections: unknown;
  seed: number;
  /** Key of the same stage in the run that is continued. */
  continued?: string;
  /** Keys of the input stages by name. */
  inputs: Record<string, string>;
  /** Files and folders from outside of the run that the stage reads. */
  inputFiles: string[];
  /** Names and hashes of what comes from a hub. */
  fromHub?: [name: string, hash: string][][];
}

/** Equal keys mean equal results. Of input files the content counts, not the place. */
export async function makeStageKey({ inputFiles, ...parts }: StageKeyParts): Promise<string> {
  const files: [name: string, hash: string][][] = [];
  for (const path of inputFiles) files.push(await contentOf(path));
  return hashJson({ ...parts, files });
}

async function contentOf(path: string): Promise<[string, string][]> {
  try {
    return await hashContent(path);
  } catch (cause) {
    throw new UserError('runs/unreadable-input', `cannot be read: ${messageOf(cause)}`, {
      place: path,
      remedy: 'Check the path in the recipe and the permissions of the file.',
      cause,
    });
  }
}
