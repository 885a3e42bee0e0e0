import type { Figures, ReportMessage } from '../shared/reporter.ts';

/** What a stage's process is told. Everything goes through structured clone: plain records only. */
export type ParentMessage =
  | {
      type: 'run';
      /** URL of a module that exports `stages`. */
      module: string;
      stage: string;
      recipe: unknown;
      /** The stage's own folder. */
      folder: string;
      /** Folders of the stages it reads, by name. */
      inputFolders: Record<string, string>;
      /** Processor threads it may use; undefined: all cores. */
      threads: number | undefined;
    }
  | { type: 'stop' };

/** What it answers: `ready` once, then reports, then one of the last three. */
export type ChildMessage =
  | { type: 'ready' }
  | ReportMessage
  | { type: 'finished'; figures: Figures; peak_memory_bytes: number }
  | { type: 'stopped' }
  | { type: 'failed'; error: SentError };

/** An error on its way between processes. */
export type SentError =
  | {
      kind: 'user';
      code: string;
      message: string;
      place: string | undefined;
      remedy: string | undefined;
    }
  | { kind: 'bug'; message: string; stack: string };

/** How the worker finds and runs a stage; the rest of a stage's definition is the parent's business. */
export interface RunnableStage {
  name: string;
  run(context: {
    /** As the order has it: what a stage gets is what its own definition sends. */
    recipe: unknown;
    folder: string;
    inputFolder: (stage: string) => string;
    report: (message: ReportMessage) => void;
    signal: AbortSignal;
  }): Promise<Figures>;
}
