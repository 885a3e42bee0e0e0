import { take } from '../../words/phrases.ts';
import { saidFrom, wordsTaken } from '../../words/said-from.ts';
import type { Reading } from '../heard.ts';

const well = '(?:well |nicely |best |good |together |along )?';
const leads = [
  `(?:go|goes|going|fit|fits|match|matches|pair|pairs|work|works) ${well}with`,
  '(?:match|matches|suit|suits|fit|fits|complement|complements|complete|completes|accompany|accompanies|follow|follows)',
  'based on|following|after|beside|besides|(?:else|anything|something|things) (?:for|with)',
].join('|');
const bought = '(?:i|we) (?:have |had )?(?:bought|ordered|purchased|got|took)';
const lately = '(?:last(?: time)?|latest|lately|most recently|recently|just now)';
const thing = '(?:thing|item|one|product|stuff)';
const last = '(?:last|latest|most recent|previous|newest)';
const latest = new RegExp(
  `^(?:${leads}) (?:${[
    `(?:what|whatever|the ${thing}(?: that| which)?) ${bought} ${lately}`,
    `what (?:i|we) (?:have |had )?(?:last|just|most recently|recently) (?:bought|ordered|purchased|got)`,
    `the ${last} ${thing} (?:that |which )?${bought}`,
    `(?:my|our|the) (?:very )?${last} (?:purchase|order|buy)`,
  ].join('|')})(?= |$)`,
);
const telling = new Set('last latest lately recently recent previous newest just'.split(' '));
const longest = 16;

/** "What goes with what I bought last?": of all that somebody has, the latest is meant. */
export function readAfterLatest({ tokens, heard }: Reading): void {
  if (!tokens.some(({ word }) => telling.has(word))) return;
  for (let at = 0; at < tokens.length; at++) {
    const length = wordsTaken(latest, saidFrom(tokens, at, longest));
    if (length === 0) continue;
    heard.afterLatest = true;
    take(tokens, at, length);
    return;
  }
}
