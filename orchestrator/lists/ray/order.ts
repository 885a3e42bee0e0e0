import type { SentError } from '../../process/protocol.ts';
import type { ListRules } from '../blocks.ts';

/** What a process that decodes blocks is told first. Paths are absolute. */
export interface BlockOrder {
  run: string;
  runsFolder: string;
  availableFile: string | undefined;
  excludeFile: string | undefined;
  k: number;
  rules: ListRules;
  /** What the run has to be there, too. */
  state: Record<string, string>;
  /** Processor cores; the cluster says how many. */
  threads?: number;
}

/** What it answers: `ready` once, then the rows of each block. */
export type BlockAnswer =
  | { type: 'ready' }
  | { type: 'block'; rows: string }
  | { type: 'failed'; error: SentError };
