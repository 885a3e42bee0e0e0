import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../shared/errors.ts';
import { isThere, mayNotLook } from '../storage/is-there.ts';
import {
  type Damage,
  describeDamage,
  type Manifest,
  manifestName,
  readManifest,
  visibleDamage,
} from './manifest.ts';
import { recordName } from './run-files.ts';
import { type RunRecord, readRunRecord } from './run-record.ts';
import type { StageState } from './run-states.ts';

/** How a stage of a run stands. */
export interface StageStanding {
  /** `03-item-index` */
  stage: string;
  state: StageState;
  /** Why it is stale or damaged, in words. */
  reason: string | null;
  damage: Damage[];
  /** Null where it is not finished, or where the manifest is damaged. */
  manifest: Manifest | null;
}

/**
 * The stages of a run in their order, and which of them belong together: by the key that the current recipe asks for,
 * and the keys of the stages that each was made from. Looks at names and sizes of files, not at what they hold.
 */
export function readStandings(runFolder: string): StageStanding[] {
  const expected = expectedKeys(runFolder);
  const stages = new Set([...stageFolders(runFolder), ...Object.keys(expected ?? {})]);
  const looked = [...stages].sort().map((stage) => lookAt(join(runFolder, stage), stage));
  const keys = new Map(looked.map(({ stage, manifest }) => [stageName(stage), manifest?.key]));
  return looked.map((standing) => {
    const { stage, state, manifest } = standing;
    if (state !== 'done' || !manifest) return standing;
    const reason = staleness(manifest, keys, expected === null ? null : expected?.[stage]);
    return reason ? { ...standing, state: 'stale', reason } : standing;
  });
}

/** Undefined in runs of older versions; null where a changed recipe was not looked at yet. */
function expectedKeys(runFolder: string): RunRecord['stage_keys'] {
  try {
    return readRunRecord(join(runFolder, recordName)).stage_keys;
  } catch {
    return undefined;
  }
}

function stageFolders(runFolder: string): string[] {
  return readdirSync(runFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map(({ name }) => name);
}

/** `item-index` of `03-item-index` */
function stageName(stage: string): string {
  return stage.slice(3);
}

/** A stage by itself. */
function lookAt(folder: string, stage: string): StageStanding {
  const nothing = { stage, reason: null, damage: [], manifest: null };
  const damaged = (damage: Damage[], manifest: Manifest | null): StageStanding => {
    return { stage, state: 'damaged', reason: describeDamage(damage), damage, manifest };
  };
  if (!isThere(folder)) return { ...nothing, state: 'missing' };
  try {
    const manifest = readManifest(folder);
    if (!manifest) return { ...nothing, state: 'unfinished' };
    if (manifest.stage !== stageName(stage))
      return damaged([{ path: manifestName, what: `is of the stage ${manifest.stage}` }], null);
    const damage = visibleDamage(folder, manifest);
    return damage.length > 0 ? damaged(damage, manifest) : { ...nothing, state: 'done', manifest };
  } catch (error) {
    // A file that may not be read is not damaged: rebuilding it would fail or be useless.
    if (mayNotLook(error)) throw error;
    return damaged([{ path: manifestName, what: messageOf(error) }], null);
  }
}

function staleness(
  { key, inputs }: Manifest,
  keys: ReadonlyMap<string, string | undefined>,
  expected: string | null | undefined,
): string | null {
  const others = Object.keys(inputs).filter((input) => {
    const found = keys.get(input);
    return found !== undefined && found !== inputs[input];
  });
  if (others.length > 0) return `it was made from another ${others.join(', ')} than the run has now`;
  if (expected === null) return 'the run was restarted with other settings';
  if (expected !== undefined && expected !== key)
    return 'it was made from other settings or files than the run has now';
  return null;
}
