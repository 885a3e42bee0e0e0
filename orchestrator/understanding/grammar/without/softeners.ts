import { articles } from '../../words/filler-words.ts';
import { phrases } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';

const softeners = phrases({
  sure: `if possible | if at all possible | if you can | if you have it | if you have one | if that is possible | if available | ideally | preferably |
    hopefully | best of all | at best | by preference | for preference | it should be | it must be | it has to be | should be | must be`,
  weak: 'maybe | perhaps | possibly',
});

/** How many words make a wish softer here: what follows says more about the same thing. 0 for none. */
export function softenedAt(tokens: readonly Token[], at: number): number {
  const found = softeners(tokens, at);
  // "Tea, maybe a mug": another thing.
  if (!found || (found.meaning === 'weak' && articles.has(tokens[at + found.length]?.word))) return 0;
  return found.length;
}
