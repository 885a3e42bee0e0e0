import type { StageName } from '../runs/stage-names.ts';
import type { Figures, ReportMessage } from '../shared/reporter.ts';

/** What happens in a run, stage by stage; kept in `events.jsonl` and drawn by the CLI. */
export type StageEvent = { stage: StageName } & (
  | ReportMessage
  | { type: 'stage-started'; number: number; count: number; resumed: boolean }
  | {
      type: 'stage-reused';
      number: number;
      count: number;
      figures: Figures;
      seconds: number;
      /** Name of the run that it was taken from; null = done before in this run. */
      borrowed_from: string | null;
    }
  | { type: 'stage-finished'; figures: Figures; seconds: number; peak_memory_bytes: number }
  | { type: 'stage-stopped' }
  /** Where it failed and what to do, as far as the error says so. */
  | { type: 'stage-failed'; message: string; place?: string | undefined; remedy?: string | undefined }
);
