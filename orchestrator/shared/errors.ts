/**
 * The user's mistake: bad input, a file that is not what it should be, a setting that cannot work.
 * The CLI prints it without a stack and exits with 1; anything else that is thrown is a bug and keeps its stack.
 */
export class UserError extends Error {
  /** Stable, machine-readable: `recipe/unknown-key`, `dataset/broken-lines`, … */
  readonly code: string;
  /** What to do next, in one sentence. */
  readonly remedy: string | undefined;
  /** Where: a file, `file:line`, or a path inside a recipe. */
  readonly place: string | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'UserError';
    this.code = code;
    this.remedy = details.remedy;
    this.place = details.place;
  }
}

export interface ErrorDetails {
  remedy?: string | undefined;
  place?: string | undefined;
  cause?: unknown;
}

/** The text a person reads: place, what failed, what to do. */
export function describeError(error: UserError): string {
  const place = error.place ? `${error.place}: ` : '';
  const remedy = error.remedy ? `\n  → ${error.remedy}` : '';
  return `${place}${error.message}${remedy}`;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Its first line: behind it libraries repeat what they were given. */
export function firstLineOf(error: unknown): string {
  return messageOf(error).split('\n', 1)[0];
}
