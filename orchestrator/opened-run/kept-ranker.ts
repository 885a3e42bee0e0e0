import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { rankerFile } from '../fusion/ranker-file.ts';
import { readManifest } from '../runs/manifest.ts';
import { resumeLine } from '../runs/resume-line.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { validated } from '../runs/validated.ts';
import { UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { hashFile } from '../storage/hash.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';

/** What a run knows of the ranker that lies beside its stages, in no manifest. */
export const keptRankerRecord = 'ranker.json';

const recordSchema = z.strictObject({
  /** Of the ranker's file. */
  sha256: z.string(),
  /** Key of the training from whose lists it was learned; null for one of another run. */
  training: z.string().nullable(),
});

/** Keeps the ranker in `from` beside the stages of a run. A kill in between leaves none rather than one of unknown origin. */
export async function keepRankerOf(from: string, folder: string, training: string | null): Promise<void> {
  const [source, kept] = [join(from, rankerFile), join(folder, rankerFile)];
  const record = { sha256: await hashFile(source), training };
  rmSync(join(folder, keptRankerRecord), { force: true });
  writeFileAtomic(kept, readFileSync(source));
  writeJson(join(folder, keptRankerRecord), record);
}

/**
 * Whether a ranker that belongs to the model of this run is kept beside its stages. Throws a UserError for one that was
 * changed since.
 */
export async function hasKeptRanker(folder: string): Promise<boolean> {
  const [file, record] = [join(folder, rankerFile), join(folder, keptRankerRecord)];
  if (!isThere(file) || !isThere(record)) return false;
  const remedy = `${resumeLine(folder)} puts it there again.`;
  const { sha256, training } = validated(recordSchema, readJson(record, remedy), record, remedy);
  if (training !== null && training !== readManifest(join(folder, stageFolderName('training')))?.key)
    return false;
  if (sha256 === (await hashFile(file))) return true;
  throw damagedRanker(file, remedy);
}

export function damagedRanker(place: string, remedy: string): UserError {
  return new UserError('runs/damaged-ranker', 'the ranker of lists is not as it was written (SHA-256)', {
    place,
    remedy,
  });
}
