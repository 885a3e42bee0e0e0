import type { Launcher } from '../launcher.ts';
import { nodeConflicts } from '../process-conflicts.ts';
import { checkProgram } from '../programs.ts';
import { array } from './array.ts';
import { submitCommand } from './batch-script.ts';
import { explainSlurmEnd } from './end.ts';
import { type SlurmSettings, slurmSettings } from './settings.ts';
import { followSubmission } from './submission.ts';

const remedy =
  'Run this on a machine of the cluster from where jobs are submitted, or choose another launcher.';

/** A batch job: `sbatch --wait` submits it, and ends when it has ended. */
export const slurm = {
  settings: slurmSettings,
  startsPrograms: ['prologue', 'directives'],
  conflicts: nodeConflicts,
  check: async () => checkProgram('sbatch', remedy),
  start: submitCommand,
  follow({ settings, result }, program, report) {
    const submission = followSubmission(program, report);
    return {
      // What the job says goes into the launcher's log.
      log: 'slurm.log',
      remedy,
      stop: submission.cancel,
      explain: async (end) => explainSlurmEnd({ settings, result, ...(await submission.end()), ...end }),
      close: submission.close,
    };
  },
  array,
} satisfies Launcher<SlurmSettings>;
