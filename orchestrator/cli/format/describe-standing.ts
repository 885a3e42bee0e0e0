import type { RunSummary } from '../../runs/read-runs.ts';
import { resumeLine } from '../../runs/resume-line.ts';
import { stageFolderNames } from '../../runs/stage-names.ts';
import { standingOf } from '../../runs/standing.ts';
import { formatDuration } from '../../shared/format.ts';

/** Where a run stopped, failed and why, or ended as asked, in a line; empty where all is done. */
export function describeStanding(run: RunSummary): string {
  if (!run.failure) return standingOf({ ...run, planned: run.planned ?? stageFolderNames });
  return `failed in ${run.failure.stage}: ${run.failure.message.split('\n', 1)}`;
}

/** What ended a run that failed, what to do about it, and the command that goes on then. */
export function describeFailure({ folder, failure }: RunSummary): string | null {
  if (!failure) return null;
  const { stage, seconds, place, message, remedy, settings } = failure;
  const now = settings.map(({ path, value }) => `${path} is ${JSON.stringify(value)}`).join(', ');
  return [
    `${stage} failed after ${formatDuration(seconds)}: ${place ? `${place}: ` : ''}${message}`,
    ...(remedy ? [`  → ${remedy}${now ? ` Now ${now}.` : ''}`] : []),
    `  → ${resumeLine(folder, { set: settings.slice(0, 1) })} ${settings.length > 0 ? 'goes on, with a new value in place of …' : 'goes on then.'}`,
  ].join('\n');
}
