import { closingWords, isFiller, praiseWords } from '../../words/filler-words.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';

const asking = new Set(
  `a an any some the and or other others more cheaper need needs want wants show find look looking search searching sell
  recommend suggest get give buy order have got like fancy for`.split(/\s+/),
);
/** "Show me something nice", "good ones please": a list is asked for, whatever else is said. */
const requests = new Set('show recommend suggest give find something anything ones others please'.split(' '));

/**
 * Drops thanks, praise and goodbyes; gives whether a turn says nothing else, and asks nothing. Beside thanks alone, what is
 * no word is no thing: "lovely jubbly, ta", but "ta, and a zither" asks for one.
 */
export function readThanks({ tokens }: Reading, { lexicon, isOrdinary }: Grammar): boolean {
  const said = tokens.filter(({ kind }) => kind === 'word');
  const isThanks = said.some(({ word }) => closingWords.has(word));
  const isStrange = ({ word, stem, brand }: Token) => !brand && !lexicon.knows(stem) && !isOrdinary(word);
  const isKind = (token: Token) =>
    isFiller(token.word) ||
    closingWords.has(token.word) ||
    praiseWords.has(token.word) ||
    (isThanks && isStrange(token));
  if (isThanks && said.every((token) => token.taken || (isKind(token) && !asking.has(token.word))))
    for (const token of said) if (!isFiller(token.word)) token.taken = true;
  return (
    (isThanks || said.some(({ word }) => praiseWords.has(word))) &&
    said.every((token) => isKind(token) && !requests.has(token.word)) &&
    !tokens.some(({ word }) => word === '?')
  );
}
