import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { type Damage, describeDamage, findAllDamage } from './manifest.ts';
import { readStandings, type StageStanding } from './read-standings.ts';
import { resumeLine } from './resume-line.ts';
import { recordName } from './run-files.ts';
import { readRunRecord } from './run-record.ts';
import type { StageState } from './run-states.ts';
import { versionName } from './versions.ts';

/** The finished stages of a run, as far as they belong together. */
export interface WholeStages {
  /** Folder of a stage: `03-item-index`. Throws a UserError if it is not valid. */
  folderOf(stage: string): string;
  stateOf(stage: string): StageState;
  /** Reads the files of a stage and compares them with what it wrote; those that `concerns` rejects are not read. */
  verify(stage: string, concerns?: (path: string) => boolean): Promise<void>;
}

/**
 * The only way to read the results of a run. Throws a UserError unless all of the stages `needed` are finished, whole
 * by sizes, and made from one another: an old model with new codes answers, and answers wrongly.
 */
export function openWholeStages(runFolder: string, needed: readonly string[]): WholeStages {
  const standings = new Map(readStandings(runFolder).map((standing) => [standing.stage, standing]));
  const standingOf = (stage: string): StageStanding =>
    standings.get(stage) ?? { stage, state: 'missing', reason: null, damage: [], manifest: null };
  const check = (stages: readonly string[]) => {
    const foreign = stages.find((stage) => !standings.has(stage) && !isPlanned(runFolder, stage));
    if (foreign) throw noSuchStage(runFolder, foreign);
    const amiss = stages.map(standingOf).filter(({ state }) => state !== 'done');
    if (amiss.length > 0) throw explain(runFolder, amiss);
  };
  check(needed);
  return {
    folderOf(stage) {
      check([stage]);
      return join(runFolder, stage);
    },
    stateOf: (stage) => standingOf(stage).state,
    async verify(stage, concerns) {
      check([stage]);
      const folder = join(runFolder, stage);
      const { manifest } = standingOf(stage);
      const damage = manifest ? await findAllDamage(folder, manifest, concerns) : [];
      if (damage.length > 0) throw damagedStage(runFolder, stage, damage);
    },
  };
}

/** Also where the record does not say which stages there are. */
function isPlanned(runFolder: string, stage: string): boolean {
  try {
    const { stage_keys } = readRunRecord(join(runFolder, recordName));
    return !stage_keys || stage in stage_keys;
  } catch {
    return true;
  }
}

/** Of a run that recommends without a model, or that learned from all events. */
export function noSuchStage(runFolder: string, stage: string): UserError {
  return new UserError(
    'runs/no-such-stage',
    `runs of the recipe of "${versionName(runFolder)}" have no stage ${stage.slice(3)}`,
    {
      place: runFolder,
      remedy:
        'What needs codes, prompts or a model needs a run whose recipe has recommender: generative. Any other can recommend for users and histories, be served and be evaluated.',
    },
  );
}

function explain(runFolder: string, amiss: readonly StageStanding[]): UserError {
  const run = versionName(runFolder);
  const stale = amiss.filter(({ state }) => state === 'stale');
  if (stale.length > 0) {
    const parts = amiss.map(({ stage, state, reason }) => `${stage} (${reason ?? state})`);
    return new UserError(
      'runs/stages-apart',
      `the stages of the run "${run}" do not belong together: ${parts.join('; ')}`,
      {
        place: runFolder,
        remedy: `${resumeLine(runFolder)} rebuilds these stages with the run's current settings.`,
      },
    );
  }
  const broken = amiss.find(({ state }) => state === 'damaged');
  if (broken) return damagedStage(runFolder, broken.stage, broken.damage);
  return new UserError(
    'serving/unfinished-run',
    `the stage ${amiss[0].stage.slice(3)} of the run "${run}" is not finished`,
    { place: runFolder, remedy: `${resumeLine(runFolder)} finishes it.` },
  );
}

export function damagedStage(runFolder: string, stage: string, damage: readonly Damage[]): UserError {
  return new UserError('runs/damaged', `the stage ${stage} is damaged: ${describeDamage(damage)}`, {
    place: join(runFolder, stage, damage[0].path),
    remedy: `${resumeLine(runFolder)} rebuilds it; eager-llm doctor ${versionName(runFolder)} lists everything that is damaged.`,
  });
}
