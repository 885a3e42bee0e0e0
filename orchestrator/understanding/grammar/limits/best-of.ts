import type { Lexicon } from '../../catalogue/lexicon.ts';
import { isFiller } from '../../words/filler-words.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Reading } from '../heard.ts';
import { referenceAt } from '../items/references.ts';

/** The field of a question which of some items is best. */
export const bestOf = 'best';

const judging = new Set('best better recommend recommended choose pick advise favourite favorite'.split(' '));
const asking = new Set(['which', 'what', 'the', 'is']);

/**
 * "Which one is the best?", "which is better, the first or the second?": of the items that it names, or of the list, the
 * one that stands first there. What is best for something is a wish.
 */
export function readBest({ tokens, heard, ...listed }: Reading, lexicon: Lexicon): void {
  const { shown } = listed;
  const words = tokens.filter(({ kind }) => kind !== 'sign');
  const isOpen = ({ word, taken, brand }: Token) => !taken && !brand && (isFiller(word) || judging.has(word));
  const isAsked = words.some(({ word }) => judging.has(word)) && asking.has(words[0]?.word ?? '');
  if (shown.length === 0 || !isAsked) return;
  const named: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const reference = tokens[at].word === 'the' ? referenceAt(tokens, at, listed, lexicon) : null;
    named.push(...(reference?.ids ?? []));
  }
  if (!words.every(isOpen)) return;
  const first = shown.find((id) => named.length === 0 || named.includes(id));
  if (first === undefined) return;
  heard.question = { item_ids: [first], field: bestOf };
  heard.spoken.push(first);
  take(tokens, 0, tokens.length);
}
