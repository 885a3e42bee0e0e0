import type { Lexicon } from '../../catalogue/lexicon.ts';
import { elsewhere } from '../../intent.ts';
import { isFiller, plainVerbs } from '../../words/filler-words.ts';
import { mayBeGoods } from '../../words/parts-of-speech.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { sentencesOf } from '../clauses.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { isBeing } from '../people/beings.ts';

const asking = new Set('what who whose when where why how which'.split(' '));
/** Nothing that is for sale is asked for with these: "who won", "why is the sky blue". */
const knowing = new Set('who whose when why'.split(' '));
const auxiliaries = new Set(
  'is are was were does do did has have had will would can could should shall must may might'.split(' '),
);
const copulas = new Set('is are was were'.split(' '));
const makes = new Set('makes made produces sells brews'.split(' '));
/** Who speaks, and of what: a shop may answer. */
const here = new Set(
  `i we me us my our you your yours it its this that these those they them one ones some any something anything everything nobody someone
  else other others first second third last for against with to sell sells stock carry buy cost costs price prices cheap much recommend best good better
  need needs want wants have use get give suit suits category categories department departments`.split(/\s+/),
);
const opening = new Set(
  'and but so also ok okay well hi hello hey then just oh please btw tell say know quick question'.split(' '),
);
const mostBetween = 3;

/** Reads what anybody may be asked, and no shop: "what is the capital of France?", "who won the election?". */
export function readGeneralQuestion(reading: Reading, { lexicon, isOrdinary }: Grammar): void {
  const { tokens, heard } = reading;
  for (const { from, end } of sentencesOf(tokens)) {
    if (heard.question || !isGeneral(tokens.slice(from, end), lexicon, isOrdinary)) continue;
    heard.question = { item_ids: [], field: elsewhere };
    take(tokens, from, end - from);
  }
}

function isGeneral(sentence: readonly Token[], lexicon: Lexicon, isOrdinary: Grammar['isOrdinary']): boolean {
  const start = sentence.findIndex(({ kind, word }) => kind === 'word' && !opening.has(word));
  const said = sentence.slice(start).filter(({ kind }) => kind !== 'sign');
  const word = said[0]?.word ?? '';
  if (start < 0 || !asking.has(word) || said.some(({ taken, bound, brand }) => taken || bound || brand))
    return false;
  const things = said.slice(1).filter((token) => !isFiller(token.word) && !auxiliaries.has(token.word));
  if (things.length === 0 || said.some((token) => here.has(token.word))) return false;
  // "Who invented the lamp?", but not "who makes these lamps?".
  const next = said[1].word;
  if (word === 'who' && !auxiliaries.has(next) && !makes.has(next)) return true;
  if (things.some(({ stem }) => lexicon.callsThings(stem))) return false;
  const states = word === 'what' ? copulas : auxiliaries;
  if (!said.slice(1, 2 + mostBetween).some((token) => states.has(token.word))) return false;
  if (knowing.has(word)) return true;
  const [head, ...others] = things;
  const isOfShop = (token: Token) =>
    lexicon.names.has(token.stem) ||
    isBeing(token.stem) ||
    plainVerbs.has(token.word) ||
    (mayBeGoods(token) && isOrdinary(token.word));
  return !mayBeGoods(head) && !isOfShop(head) && !others.some(isOfShop);
}
