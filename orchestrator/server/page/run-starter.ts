import type { ResolvedRecipe } from '../../recipe/resolve-recipe.ts';
import { usualKept } from '../../runs/let-answer.ts';
import { UserError } from '../../shared/errors.ts';
import { executeRun } from '../../stages/execute-run.ts';
import { stages, stagesModule } from '../../stages/index.ts';

export interface RunStarter {
  /** Resolves once its first stage has begun; throws if it could not start. */
  start(name: string, resolved: ResolvedRecipe): Promise<void>;
  /** Asks a run that was started here to save its work and stop, and waits for it. */
  stop(name: string): Promise<void>;
  isRunning(name: string): boolean;
  /** Stops what is running: a run ends with the server that started it, and can go on later. */
  close(): Promise<void>;
}

/**
 * Runs that are started from the page, one at a time: two would share the processor and both take twice as long. The
 * stages run in processes of their own, as always; how a run ended stands in its folder.
 */
export function createRunStarter(runsFolder: string): RunStarter {
  let current: { name: string; stop: AbortController; end: Promise<void> } | null = null;

  const stop = async (name: string) => {
    if (current?.name !== name)
      throw new UserError('server/not-running', `"${name}" was not started from here, or has ended`, {
        remedy: 'Stop it where it was started, with Ctrl-C.',
      });
    current.stop.abort();
    await current.end;
  };

  return {
    async start(name, resolved) {
      if (current)
        throw new UserError('server/busy', `the run "${current.name}" is under way`, {
          remedy: 'Wait for it, or stop it first.',
        });
      const controller = new AbortController();
      let begun = () => {};
      const hasBegun = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const whole = executeRun({
        name,
        runsFolder,
        resolved,
        stages,
        module: stagesModule,
        keepVersions: usualKept,
        onEvent: () => begun(),
        stop: controller.signal,
      });
      const end = whole.then(
        () => {},
        () => {},
      );
      current = { name, stop: controller, end };
      void end.then(() => {
        current = null;
      });
      await Promise.race([hasBegun, whole]);
    },
    stop,
    isRunning: (name) => current?.name === name,
    close: async () => {
      if (current) await stop(current.name);
    },
  };
}
