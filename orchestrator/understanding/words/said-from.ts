import type { Token } from './tokens.ts';

/** The words from a place on, at most `most`, up to what is read already or belongs to a name; in one line. */
export function saidFrom(tokens: readonly Token[], at: number, most: number): string {
  const next = tokens.slice(at, at + most);
  const end = next.findIndex(({ kind, taken, bound }) => kind !== 'word' || taken || bound);
  return (end < 0 ? next : next.slice(0, end)).map(({ word }) => word).join(' ');
}

/** How many words of such a line a pattern takes; 0 for none. */
export const wordsTaken = (pattern: RegExp, said: string): number =>
  pattern.exec(said)?.[0].split(' ').length ?? 0;
