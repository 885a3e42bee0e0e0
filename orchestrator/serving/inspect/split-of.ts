import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { resultFile } from '../../evaluation/result.ts';
import type { RunSummary } from '../../runs/read-runs.ts';
import { stageFolderName } from '../../runs/stage-names.ts';

const measured = z.object({ protocol: z.object({ split: z.enum(['validation', 'test']) }) });

/** What a run was evaluated on; null where it was not, or where its record cannot be read. */
export type Split = z.infer<typeof measured>['protocol']['split'];

/** Of the record only this is read, as lists of runs are asked for again and again. */
export function splitOf({ folder }: Pick<RunSummary, 'folder'>): Split | null {
  try {
    const record = readFileSync(join(folder, stageFolderName('evaluation'), resultFile), 'utf8');
    return measured.parse(JSON.parse(record)).protocol.split;
  } catch {
    return null;
  }
}
