import { join } from 'node:path';
import { readStandings, type StageStanding } from './read-standings.ts';
import { recordName } from './run-files.ts';
import { readRunRecord } from './run-record.ts';
import { stageFolderName, stageNames } from './stage-names.ts';

/** Whether answers depend on a stage (`06-training`): all up to training are needed. */
export function isNeeded(stage: string): boolean {
  return stage <= stageFolderName('training');
}

/** The stages that answers of a version depend on. */
export function neededStages(folder: string): string[] {
  const { stage_keys } = readRunRecord(join(folder, recordName));
  // Null: the recipe was changed and not looked at yet. Absent: made before keys were kept.
  return (stage_keys ? Object.keys(stage_keys) : stageNames.map(stageFolderName)).filter(isNeeded);
}

/** Whether runs of its recipe have a model; also where that is not known. */
export function hasModel(folder: string): boolean {
  try {
    return neededStages(folder).includes(stageFolderName('training'));
  } catch {
    // No record, or one that cannot be read: whoever opens the run says so.
    return true;
  }
}

/** The stages that answers depend on, where all are whole and belong together; otherwise null. */
export function answeringStages(folder: string): StageStanding[] | null {
  try {
    const standings = new Map(readStandings(folder).map((standing) => [standing.stage, standing]));
    const needed = neededStages(folder).flatMap((stage) => standings.get(stage) ?? []);
    const isWhole = needed.length === neededStages(folder).length && needed.length > 0;
    return isWhole && needed.every(({ state }) => state === 'done') ? needed : null;
  } catch {
    // No record, or one that cannot be read: nobody can open it.
    return null;
  }
}
