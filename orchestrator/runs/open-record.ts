import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResolvedRecipe } from '../recipe/resolve-recipe.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { hashText } from '../storage/hash.ts';
import { isThere } from '../storage/is-there.ts';
import { recipeName, recordName } from './run-files.ts';
import {
  isRecipeOf,
  type RunRecord,
  type RunStatus,
  readRunRecord,
  type VouchedBy,
  writeRunRecord,
} from './run-record.ts';
import { describeSurroundings } from './surroundings.ts';

/** The record of a run that is worked on. */
export interface OpenRecord {
  /** Records the keys that the stages have by the recipe. */
  save(keys: Record<string, string | null>): void;
  /** Records how the work ended. */
  close(status: Exclude<RunStatus, 'running'>): void;
}

export interface RecordGiven {
  /** The keys of the stages, as far as they are known. */
  stageKeys?: Record<string, string | null> | undefined;
  /** The evaluated run that it is trained as long as. */
  vouchedBy?: VouchedBy | null | undefined;
}

/** Writes recipe and record of a version that is worked on from now. */
export function openRecord(
  folder: string,
  name: string,
  resolved: ResolvedRecipe,
  { stageKeys, vouchedBy }: RecordGiven,
): OpenRecord {
  const file = join(folder, recordName);
  const now = new Date().toISOString();
  const isNew = !isThere(file);
  const before = isNew ? null : earlierRecord(file);
  const isSame = before?.recipe_hash === resolved.hash;
  const named = (keys: Record<string, string | null>) => {
    const known = (stage: string) => (isSame ? (before?.stage_keys?.[stage] ?? null) : null);
    return Object.fromEntries(Object.entries(keys).map(([stage, key]) => [stage, key ?? known(stage)]));
  };
  const vouched = vouchedBy ?? (isSame ? before?.vouched_by : null);
  const replaced = before && recipeHashIn(folder, before);
  let record: RunRecord = {
    schema_version: 1,
    name,
    status: 'running',
    created_at: before?.created_at ?? now,
    updated_at: now,
    recipe_file: resolved.file,
    recipe_hash: resolved.hash,
    recipe_sha256: hashText(resolved.yaml),
    ...(replaced ? { replaced_recipe_sha256: replaced } : {}),
    stage_keys: stageKeys ? named(stageKeys) : isNew || isSame ? before?.stage_keys : null,
    ...(vouched ? { vouched_by: vouched } : {}),
    seed: resolved.recipe.seed,
    ...describeSurroundings(),
  };
  // Before the recipe, so that a kill in between never leaves a new recipe next to stages that look like its own.
  writeRunRecord(file, record);
  writeFileAtomic(join(folder, recipeName), resolved.yaml);
  return {
    save: (keys) => {
      record = { ...record, stage_keys: named(keys) };
      writeRunRecord(file, record);
    },
    close: (status) => {
      writeRunRecord(file, { ...record, status, updated_at: new Date().toISOString() });
    },
  };
}

/** A damaged record is no reason to stop: it is rewritten. */
function earlierRecord(file: string): RunRecord | null {
  try {
    return readRunRecord(file);
  } catch {
    return null;
  }
}

/** The hash of the recipe that lies there, if it is the record's own. */
function recipeHashIn(folder: string, record: RunRecord): string | null {
  try {
    const text = readFileSync(join(folder, recipeName), 'utf8');
    return isRecipeOf(record, text) ? hashText(text) : null;
  } catch {
    return null;
  }
}
