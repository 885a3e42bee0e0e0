import type { Lexicon } from '../catalogue/lexicon.ts';
import { isFiller } from '../words/filler-words.ts';
import { phrases, take } from '../words/phrases.ts';
import { type Token, tokensOf, wordToken } from '../words/tokens.ts';
import { readRecipient } from './beings.ts';
import type { Grammar } from './grammar.ts';
import { guard } from './guard.ts';
import { type Heard, nothingHeard, type Reading, type Turn } from './heard.ts';
import { readMeasures } from './measures.ts';
import { readNegation } from './negation.ts';
import { readPossession } from './possession.ts';
import { readPrice, readStock } from './price.ts';
import { readQuestion } from './questions.ts';
import { readWishes } from './read-wishes.ts';
import { readWholeTitles } from './whole-titles.ts';

const longestTurn = 200;
const mostMended = 10;

const changes = phrases({
  drop: `forget that | forget it | forget about that | forget about it | never mind | nevermind | scratch that | start over | start again | reset |
    changed my mind | change my mind | no wait | wait no | on second thought | on second thoughts | cancel that | drop that`,
  change:
    'actually | rather | instead | or rather | no | hmm | i mean | i meant | well | make that | make it',
});
const others = phrases({
  others: `others | other ones | something else | anything else | different ones | a different one | another one | others please | more options |
    other options | more please | show me more | show more | more of them | any others | any other | some others | some other | other suggestions |
    different options | something different | what else do you have | what else have you got | else`,
}); // prettier-ignore

/** Reads one turn; `shown` is the list that stood before it, `before` what the turn before said. */
export function readTurn(
  turn: Turn,
  shown: readonly string[],
  grammar: Grammar,
  before: Heard = nothingHeard(),
): Heard {
  const { lexicon, things } = grammar;
  const tokens = grammar.translator.translate(tokensOf(guard(turn.text), longestTurn));
  const reading: Reading = {
    tokens,
    shown,
    heard: nothingHeard(),
    recipient: null,
  };
  readWholeTitles(reading, grammar.titleAt, before.had.length > 0);
  bindNames(tokens, lexicon);
  correct(reading, grammar);
  readChange(reading);
  readQuestion(reading, lexicon, things);
  readPrice(reading, lexicon);
  readStock(reading);
  readMeasures(reading);
  readNegation(reading, grammar);
  readOthers(reading);
  readPossession(reading, lexicon, things);
  reading.recipient = readRecipient(tokens);
  readWishes(reading, grammar);
  return reading.heard;
}

/** Marks brands, and words that belong to names: "Chicken & Rice", "grain free". */
function bindNames(tokens: Token[], { brands, sayings }: Lexicon): void {
  for (let at = 0; at < tokens.length; at++) {
    const found = tokens[at].taken ? null : brands.at(tokens, at);
    if (found) {
      tokens[at].brand = found.brand.name;
      tokens[at].bound = true;
      for (const token of tokens.slice(at + 1, at + found.length)) {
        token.bound = true;
        token.taken = true;
      }
      at += found.length - 1;
    } else if (sayings.holds(tokens, at)) bindSaying(tokens, at);
  }
}

/** "grain free" is something that texts say; "and" in "Chicken & Rice" joins no wishes. */
function bindSaying(tokens: readonly Token[], at: number): void {
  tokens[at].bound = true;
  if (tokens[at].word !== 'free') return;
  tokens[at - 1].saying = `${tokens[at - 1].word} free`;
  take(tokens, at - 1, 2);
}

/** Corrects typing errors, and drops mere letters: nothing of them is searched for or repeated. */
function correct({ tokens, heard }: Reading, { lexicon, typing, translator, isOrdinary }: Grammar): void {
  let left = mostMended;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token.kind !== 'word' || token.taken || token.brand || token.bound || isFiller(token.word)) continue;
    if (lexicon.knows(token.stem) || isOrdinary(token.word) || isOrdinary(token.stem)) continue;
    const mended = left-- > 0 ? meant(token.word) : [];
    if (mended.length > 0) {
      heard.mended.push({ from: token.word, to: mended.join(' ') });
      tokens.splice(at, 1, ...mended.map((word) => wordToken(word, token.typed)));
      at += mended.length - 1;
    } else if (typing.isMadeUp(token.word)) token.taken = true;
  }

  function meant(word: string): string[] {
    const mended = typing.mend(word);
    return mended ? [mended] : (translator.split(word) ?? []);
  }
}

/** "actually, rather a lamp": what was wished for before holds no longer. */
function readChange({ tokens, heard }: Reading): void {
  for (let at = 0; at < tokens.length; at++) {
    const found = changes(tokens, at);
    if (!found) continue;
    const said = tokens
      .slice(at, at + found.length)
      .map(({ word }) => word)
      .join(' ');
    if (said === 'no' && !(at === 0 && tokens[1]?.kind === 'sign')) continue;
    if (said === 'instead' && tokens[at + 1]?.word === 'of') continue;
    if (said === 'rather' && tokens[at + 1]?.word === 'than') continue;
    if (found.meaning === 'drop') {
      heard.forget = true;
      // What stands before it in the same breath holds no longer either.
      take(tokens, 0, at);
    }
    take(tokens, at, found.length);
  }
}

function readOthers({ tokens, shown, heard }: Reading): void {
  if (shown.length === 0) return;
  for (let at = 0; at < tokens.length; at++) {
    const found = others(tokens, at);
    const isMore =
      tokens[at].word === 'more' &&
      !tokens[at].taken &&
      tokens.filter(({ taken, kind }) => !taken && kind === 'word').length === 1;
    if (!found && !isMore) continue;
    take(tokens, at, found?.length ?? 1);
    heard.others = true;
  }
}
