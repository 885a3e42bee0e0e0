import { basename, join, resolve } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { neededStages } from './can-answer.ts';
import { type CurrentVersion, noVersion, readCurrent } from './current-version.ts';
import { letAnswer } from './let-answer.ts';
import { unknownRun } from './read-runs.ts';
import { checkRunName } from './run-name.ts';
import { isRun, isVersionThere, versionFolder, versionsOf } from './versions.ts';
import { openWholeStages } from './whole-stages.ts';

/**
 * Lets another version of a run answer: the one before, or `to`. Reads it whole first; throws a UserError where it is
 * not there, not finished or damaged, and changes nothing then.
 */
export async function rollBack(
  runsFolder: string,
  name: string,
  to?: number,
): Promise<{ from: number | null; to: number }> {
  const root = join(resolve(runsFolder), checkRunName(name));
  if (!isRun(root)) throw unknownRun(runsFolder, name);
  const before = to === undefined ? readCurrent(root) : readable(root);
  const target = to ?? versionsOf(root).findLast((each) => each < (before?.version ?? 1));
  if (target === undefined) throw noEarlier(root, before?.version ?? 1);
  const isUnderWay = before !== null && target > before.newest;
  if (!isVersionThere(root, target) || isUnderWay) throw noVersion(root, target);
  const folder = versionFolder(root, target);
  const needed = neededStages(folder);
  const stages = openWholeStages(folder, needed);
  for (const stage of needed) await stages.verify(stage);
  letAnswer(root, () => {
    // It may have been pruned meanwhile, or a newer one have begun to answer.
    if (!isVersionThere(root, target)) throw noVersion(root, target);
    return { version: target, newest: readable(root)?.newest ?? Math.max(...versionsOf(root)) };
  });
  return { from: before?.version ?? null, to: target };
}

/** Null where the file is damaged: this is what writes it anew. */
function readable(root: string): CurrentVersion | null {
  try {
    return readCurrent(root);
  } catch {
    return null;
  }
}

function noEarlier(root: string, version: number): UserError {
  const others = versionsOf(root).filter((each) => each !== version);
  return new UserError(
    'runs/no-version',
    `the run "${basename(root)}" has no version before ${version}, which answers`,
    {
      place: root,
      remedy:
        others.length > 0
          ? `There are others: ${others.join(', ')}. Choose one with --to.`
          : 'A run gets another version when it is made again with other settings or data.',
    },
  );
}
