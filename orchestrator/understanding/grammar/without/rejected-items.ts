import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { referenceAt } from '../items/references.ts';

const copulas = new Set('is are was were looks look seems seem feels feel smells smell sounds'.split(' '));
const degrees = new Set('a bit little just really still rather quite very so simply'.split(' '));
const judged = phrases({
  bad: `no good | not good | not so good | not great | not nice | not for me | not for us | not right | not it | not my taste | not my style | not my thing |
    not what i want | not what i need | not what i am looking for | bad | ugly | boring | awful | horrible | terrible | hideous | wrong | useless | nothing for me | no use`,
});
const tooMuch = new Set('expensive pricey dear costly much cheap'.split(' '));

/** "The first is no good", "that one is too big": an item of the list that is not wanted. Prices are compared elsewhere. */
export function readRejected(reading: Reading, { lexicon }: Grammar): void {
  const { tokens, heard } = reading;
  for (let at = 0; at < tokens.length; at++) {
    const reference = referenceAt(tokens, at, reading, lexicon, true);
    if (!reference) continue;
    let next = at + reference.length;
    if (!copulas.has(tokens[next]?.word)) continue;
    next++;
    while (degrees.has(tokens[next]?.word)) next++;
    const length = judged(tokens, next)?.length ?? tooLength(tokens, next);
    if (length === 0) continue;
    const text = reference.ids.map((id) => lexicon.titleOf(lexicon.byId.get(id) ?? 0)).join(', ');
    heard.without.push({ text, categories: [], brands: [], words: [], item_ids: reference.ids });
    take(tokens, at, next + length - at);
  }
}

/** "Too big", "too sweet". */
function tooLength(tokens: readonly Token[], at: number): number {
  const [too, what] = tokens.slice(at, at + 2);
  const isSaid = too?.word === 'too' && !too.taken && what?.kind === 'word' && !what.taken;
  return isSaid && !tooMuch.has(what.word) ? 2 : 0;
}
