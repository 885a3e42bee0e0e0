import type { Part } from '../../understanding/index.ts';

const nothingKnown = 'I do not know of anything that you bought';

/** What somebody asked for, in the words of its chips. */
export function sayAsked(parts: readonly Part[]): string {
  const asked = parts
    .filter(({ kind, guessed }) => !untold.has(kind) && !(kind === 'without' && guessed))
    .map(({ text }) => text.replace(/^like: /, 'like '));
  return asked.length > 0 ? `You asked for: ${asked.join(', ')}.` : 'You have asked for nothing yet.';
}
const untold = new Set<Part['kind']>(['had', 'mended', 'unknown', 'unread', 'question']);

/** Leads to what somebody is known to have, of which so many things are listed. */
export function sayBought(things: number): string {
  if (things === 0) return `${nothingKnown}.`;
  return things === 1 ? 'What I know that you have:' : 'What I know that you have, the latest first:';
}

/** Where the latest thing was meant, and none is known. */
export const sayNoLatest = `${nothingKnown}: “the last” is left aside.`;
