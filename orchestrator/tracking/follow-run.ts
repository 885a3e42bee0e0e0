import type { Recipe } from '../recipe/schema.ts';
import { describeError, messageOf, UserError } from '../shared/errors.ts';
import { shellLine } from '../shared/shell-line.ts';
import type { TrackerSettings } from './settings.ts';
import { trackRun } from './track-run.ts';
import { readTracking, writeTracking } from './tracking-record.ts';

/** Tells trackers of a run while it works. Nothing here throws, and the run waits for none of it but at its end. */
export interface Following {
  /** Something happened; `stage`: a stage has ended, which is told at once and tried again after a failure. */
  wake(stage: boolean): void;
  /** The last of it, once the run's record says how it ended; takes `lastPatience` at most. */
  close(): Promise<void>;
}

export interface FollowOptions {
  folder: string;
  name: string;
  recipe: Recipe;
  /** The sweep that the run belongs to. */
  sweep?: string | undefined;
  /** Said once for each tracker that does not take what it is sent. */
  tell: (text: string) => void;
}

/** Between two reports of progress, in milliseconds. */
const pause = 5000;
const lastPatience = 15_000;

export function followRun(options: FollowOptions): Following {
  const { folder, recipe, sweep = null } = options;
  const trackers = recipe.trackers ?? [];
  if (trackers.length > 0 && sweep !== readTracking(folder).sweep)
    writeTracking(folder, { ...readTracking(folder), sweep });
  const followed = trackers.map((tracker) => followOne(tracker, options));
  return {
    wake: (stage) => {
      for (const each of followed) each.wake(stage);
    },
    close: async () => void (await Promise.all(followed.map((each) => each.close()))),
  };
}

function followOne(tracker: TrackerSettings, { folder, name, recipe, tell }: FollowOptions): Following {
  const end = new AbortController();
  let underWay: Promise<void> | null = null;
  let failed = false;
  let told = false;
  let last = Number.NEGATIVE_INFINITY;
  const send = async () => {
    try {
      await trackRun(folder, recipe, tracker, end.signal);
      failed = false;
    } catch (error) {
      failed = true;
      if (told) return;
      told = true;
      const later = shellLine(['npx', 'eager-llm', 'runs', 'track', name]);
      const reason = error instanceof UserError ? describeError(error).split('\n')[0] : messageOf(error);
      tell(`${reason}: the run goes on, and this sends what is missing: ${later}`);
    } finally {
      last = performance.now();
      underWay = null;
    }
  };
  return {
    wake(stage) {
      if (underWay || (!stage && (failed || performance.now() - last < pause))) return;
      underWay = send();
    },
    async close() {
      const timer = setTimeout(() => end.abort(), lastPatience);
      await underWay;
      if (!end.signal.aborted) await send();
      clearTimeout(timer);
    },
  };
}
