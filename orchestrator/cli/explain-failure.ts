import { StageStopped } from '../process/outcomes.ts';
import { describeError, UserError } from '../shared/errors.ts';
import { systemErrorOf } from '../shared/system-error.ts';

/** A user's mistake is 1; a bug is 70, as sysexits.h has it; a stop by Ctrl-C is 128 + SIGINT. */
export const exitCodes = { mistake: 1, bug: 70, stopped: 130 } as const;

/** What is printed about an error, and the exit code: a user's mistake without a stack trace, a bug with one. */
export function explainFailure(error: unknown): { text: string; exitCode: number } {
  const mistake = error instanceof UserError ? error : systemErrorOf(error);
  if (mistake)
    return { text: `error ${mistake.code}\n${describeError(mistake)}\n`, exitCode: exitCodes.mistake };
  if (error instanceof StageStopped) return { text: '', exitCode: exitCodes.stopped };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `This is a bug in eager-llm, not a mistake of yours. Please report it with what follows.\n${stack}\n`,
    exitCode: exitCodes.bug,
  };
}
