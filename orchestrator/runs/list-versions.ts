import { join } from 'node:path';
import { compareRuns, type RunSummary, showRun } from './read-runs.ts';
import { checkRunName } from './run-name.ts';
import type { RunState } from './run-states.ts';
import { versionsOf } from './versions.ts';

export interface VersionSummary {
  version: number;
  /** Whether it answers. */
  current: boolean;
  under_way: boolean;
  status: RunState;
  /** When it was begun; null where its record cannot be read. */
  made_at: string | null;
  recipe_hash: string | null;
  /** Settings that are not those of the version before; null for the first. */
  changed: string[] | null;
  /** Of its evaluation, by name: `recall@10`. */
  figures: RunSummary['stages'][number]['figures'];
  /** What it takes on the disk; what an earlier version has as well counts there. */
  bytes: number;
}

/** The versions of a run that are there, in order. */
export function listVersions(runsFolder: string, name: string): VersionSummary[] {
  const current = showRun(runsFolder, checkRunName(name));
  const named = (version: number) => `${name}@${version}`;
  const counted = new Set<string>();
  return versionsOf(join(runsFolder, name)).map((version, at, all) => {
    const { status, record, stages } = showRun(runsFolder, named(version));
    const before = all[at - 1];
    return {
      version,
      current: version === current.version,
      under_way: version === current.under_way?.version,
      status,
      made_at: record?.created_at ?? null,
      recipe_hash: record?.recipe_hash ?? null,
      changed:
        before === undefined
          ? null
          : compareRuns(runsFolder, [named(before), named(version)]).settings.map(({ path }) => path),
      figures: stages.find(({ stage }) => stage === '07-evaluation')?.figures ?? {},
      bytes: ownBytes(stages, counted),
    };
  });
}

/** Bytes of the stages that were not counted yet: a stage that versions share has the same key in both. */
function ownBytes(stages: RunSummary['stages'], counted: Set<string>): number {
  const own = stages.filter(({ stage, key }) => key !== null && !counted.has(`${stage} ${key}`));
  for (const { stage, key } of own) counted.add(`${stage} ${key}`);
  return own.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
}
