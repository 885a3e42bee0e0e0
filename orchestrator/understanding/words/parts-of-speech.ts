import { ordinaryWords } from './ordinary-words.ts';
import type { Token } from './tokens.ts';
import { goods, qualities, verbs } from './word-kinds.ts';

const listed = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
const [goodsWords, verbWords, qualityWords] = [goods, verbs, qualities].map(listed);
const endingOfVerbs = /^.{3,}(?:ed|ing)$/;
const endingOfAdverbs = /^.{4,}ly$/;
const describing = new Set(
  'family jelly jolly lily curly woolly lovely friendly daily weekly nightly early only early'.split(' '),
);
const endingOfQualities = /^.{3,}(?:ly|ful|less|ous|ish|able|ible|wise|est)$/;

type Word = Pick<Token, 'word' | 'stem' | 'kind'>;
const isIn = (words: ReadonlySet<string>, { word, stem }: Word) => words.has(word) || words.has(stem);

/** Whether a word may name something that a shop sells: it is one for goods, or no ordinary word at all. */
export function mayBeGoods(token: Word): boolean {
  if (token.kind !== 'word' || isVerb(token) || isQuality(token)) return false;
  const { all } = ordinaryWords();
  return isIn(goodsWords, token) || !(all.has(token.word) || all.has(token.stem));
}

/** Whether a word is one for doing something. */
export const isVerb = (token: Word): boolean =>
  isIn(verbWords, token) || (endingOfVerbs.test(token.word) && !isIn(goodsWords, token));

/** Whether a word only says how something is, or is done. */
export const isQuality = (token: Word): boolean =>
  qualityWords.has(token.word) || (endingOfQualities.test(token.word) && !isIn(goodsWords, token));

/** "Urgently", "definitely". */
export const isAdverb = ({ word }: Word): boolean =>
  endingOfAdverbs.test(word) && ordinaryWords().all.has(word) && !describing.has(word);
