import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { neededStages } from '../runs/can-answer.ts';
import { currentFolder } from '../runs/current-version.ts';
import { readManifest } from '../runs/manifest.ts';
import { readRunState } from '../runs/read-run-state.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { versionIn } from '../runs/versions.ts';
import { openRun } from './open-run.ts';
import type { OpenRun, OpenRunOptions } from './types.ts';

export interface LiveRunOptions extends OpenRunOptions {
  /** How often to look for a newer run; 2 seconds by default. */
  everySeconds?: number | undefined;
  /** Called when a newer run has taken over, or could not be opened. */
  onReload?: ((outcome: { ok: true } | { ok: false; error: unknown }) => void) | undefined;
  /** Called when the files that say which items are available cannot be read; what was so before stays so. */
  onUnreadable?: ((error: unknown) => void) | undefined;
}

/** A run that is reopened after it was retrained or rolled back, ready for its first text. */
export interface LiveRun extends OpenRun {
  /** A conversation with the current model; it ends when a newer one takes over. See `use`. */
  chat: OpenRun['chat'];
  /** Runs work that needs the same model throughout; the model stays open until it is done. */
  use<T>(work: (run: OpenRun) => Promise<T>): Promise<T>;
  /** Looks for a newer run now. */
  refresh(): Promise<void>;
  /** Number of newer runs that were opened so far, and that could not be opened. */
  reloads(): { opened: number; failed: number };
}

/** One opened model, and how much work is in progress with it. */
interface Held {
  run: OpenRun;
  version: string | null;
  users: number;
  /** Set when a newer one has replaced it: closes when the last work is done. */
  retired: boolean;
}

/**
 * Opens a run and looks every few seconds whether another version of it shall answer: a newer one, or an older one after
 * `runs rollback`. It is opened beside the one that answers; then new requests go to it, and the other is closed when its
 * last request is answered. A version that is being trained, was interrupted or failed changes nothing.
 */
export async function openLiveRun(name: string, options: LiveRunOptions = {}): Promise<LiveRun> {
  const { runsFolder = 'runs', everySeconds = 2, onReload = () => {}, onUnreadable = () => {} } = options;
  const version = versionOnDisk(runsFolder, name, null);
  /** A newer version takes over when it is as able as the one before; the first answers as soon as it can. */
  const open = async ({ whole }: { whole: boolean }) => {
    const run = await openRun(name, options);
    try {
      await run.prepare({ whole });
      return run;
    } catch (error) {
      await run.close();
      throw error;
    }
  };
  let current: Held = { run: await open({ whole: false }), version, users: 0, retired: false };
  let failed: string | null = null;
  const reloads = { opened: 0, failed: 0 };
  let refreshing: Promise<void> | null = null;

  const release = async (held: Held) => {
    held.users--;
    if (held.retired && held.users === 0) await held.run.close();
  };
  const use = async <T>(work: (run: OpenRun) => Promise<T>): Promise<T> => {
    const held = current;
    held.users++;
    try {
      return await work(held.run);
    } finally {
      await release(held);
    }
  };
  const refreshAvailability = () => {
    try {
      current.run.refreshAvailability();
    } catch (error) {
      onUnreadable(error);
    }
  };
  const reload = async () => {
    refreshAvailability();
    const found = versionOnDisk(runsFolder, name, current.run.version);
    if (found === null || found === current.version || found === failed) return;
    try {
      const run = await open({ whole: true });
      // It was trained further, or rolled back, while it was opened: what was read may mix two versions.
      if (versionOnDisk(runsFolder, name, current.run.version) !== found) return await run.close();
      const older = current;
      current = { run, version: found, users: 0, retired: false };
      older.retired = true;
      older.users++;
      await release(older);
      reloads.opened++;
      onReload({ ok: true });
    } catch (error) {
      failed = found;
      reloads.failed++;
      onReload({ ok: false, error });
    }
  };
  const refresh = () => {
    refreshing ??= reload().finally(() => {
      refreshing = null;
    });
    return refreshing;
  };
  const timer = setInterval(refresh, 1000 * everySeconds);
  timer.unref();

  return {
    name,
    get version() {
      return current.run.version;
    },
    get model() {
      return current.run.model;
    },
    use,
    refresh,
    reloads: () => ({ ...reloads }),
    get fingerprint() {
      return current.run.fingerprint;
    },
    get users() {
      return current.run.users;
    },
    get languageModel() {
      return current.run.languageModel;
    },
    get rankerMissing() {
      return current.run.rankerMissing;
    },
    get pictures() {
      return current.run.pictures;
    },
    async *recommendAll(users, options) {
      const held = current;
      held.users++;
      try {
        yield* held.run.recommendAll(users, options);
      } finally {
        await release(held);
      }
    },
    availability: () => current.run.availability(),
    refreshAvailability: () => current.run.refreshAvailability(),
    recommend: (request, ask) => use((run) => run.recommend(request, ask)),
    addEvents: (request) => use((run) => run.addEvents(request)),
    forgetEvents: (user) => use((run) => run.forgetEvents(user)),
    newCustomers: () => use((run) => run.newCustomers()),
    similar: (id, asked) => use((run) => run.similar(id, asked)),
    together: (id, asked) => use((run) => run.together(id, asked)),
    chat: (known) => current.run.chat(known),
    prepare: (options) => use((run) => run.prepare(options)),
    search: (typed, limit) => current.run.search(typed, limit),
    find: (text, limit) => use((run) => run.find(text, limit)),
    item: (id) => current.run.item(id),
    explain: (request) => current.run.explain(request),
    evaluate: (evaluateOptions) => use((run) => run.evaluate(evaluateOptions)),
    load: () => current.run.load(),
    async close() {
      clearInterval(timer);
      await refreshing;
      await current.run.close();
    },
  };
}

/**
 * Changes with the version that shall answer, its recipe and every stage that answers depend on; null while there is
 * nothing new to open.
 */
function versionOnDisk(runsFolder: string, name: string, opened: number | null): string | null {
  try {
    const folder = currentFolder(runsFolder, name);
    const { version } = versionIn(folder);
    const { state, record } = readRunState(folder);
    // Another version than the opened one answers only when it is whole; the opened one may be under work.
    if (!record || (state !== 'finished' && (opened === null || version === opened))) return null;
    const read = neededStages(folder).filter((stage) => stage !== stageFolderName('prompts'));
    const times = read.map((stage) => {
      const stageFolder = join(folder, stage);
      return existsSync(stageFolder) ? readManifest(stageFolder)?.finished_at : undefined;
    });
    return times.every((time) => time !== undefined)
      ? [version, record.recipe_hash, ...times].join(' ')
      : null;
  } catch {
    // Damaged, or just being rewritten.
    return null;
  }
}
