import { messageOf, UserError } from '../shared/errors.ts';
import { systemErrorOf } from '../shared/system-error.ts';
import { StageCrash } from './outcomes.ts';
import type { SentError } from './protocol.ts';

export function packError(error: unknown): SentError {
  const mistake = error instanceof UserError ? error : systemErrorOf(error);
  if (mistake) {
    const { code, message, place, remedy } = mistake;
    return { kind: 'user', code, message, place, remedy };
  }
  const stack = error instanceof Error ? describeBug(error) : String(error);
  return { kind: 'bug', message: messageOf(error), stack };
}

export function unpackError(error: SentError, stage: string): Error {
  return error.kind === 'user'
    ? new UserError(error.code, error.message, error)
    : new StageCrash(stage, error.message, error.stack);
}

function describeBug(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${describeBug(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
