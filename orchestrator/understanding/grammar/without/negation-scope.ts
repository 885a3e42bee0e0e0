import { articles } from '../../words/filler-words.ts';
import type { Token } from '../../words/tokens.ts';
import { negationAt } from './negations.ts';

/** Words between a negation and what it denies: "not *made of* rubber". */
export const lead: ReadonlySet<string> = new Set(
  `the a an any of from by with in on for to at my your too very so that is are have has having be being like want need
  contain contains containing include including smell smells use uses made look looks which it them made more much taste
  tastes come comes show me give please use here likes drinks eats drink anything something everything all do stuff things one ones those`.split(
    /\s+/,
  ),
);
const ends = new Set(
  'but just only please instead rather however though yet because so actually then thanks maybe for with under in at since as that i we to what'.split(
    ' ',
  ),
);
export const joins: ReadonlySet<string> = new Set(['and', 'or', 'plus']);
/** Behind "and", these begin something else: "no perfume and show me …". */
const starters = new Set(
  'i we show give recommend suggest find get need want looking what which a an some my'.split(' '),
);

/** Where a negation ends: at a sign, at "but", where a clause or another thing begins. */
export function scopeEnd(tokens: readonly Token[], from: number, isKind: (token: Token) => boolean): number {
  let at = from;
  while (at < tokens.length && !(isEnd(tokens, at) && (at > from || tokens[at].kind === 'sign'))) {
    if (at > from && joins.has(tokens[at].word) && !tokens[at].bound && beginsAnew(tokens, at, isKind)) break;
    at++;
  }
  // "Not clay, zinc or ceramic": behind such a comma the list goes on.
  return at > from && isListed(tokens, at) ? scopeEnd(tokens, at + 1, isKind) : at;
}

const mostListed = 3;

/** Whether the comma at a place joins what is denied with more of it: short, without an article, and ended by "or". */
function isListed(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.word !== ',') return false;
  let words = 0;
  for (let place = at + 1; place < tokens.length; place++) {
    const { word, kind, bound, taken, brand } = tokens[place];
    if (!bound && (word === 'or' || word === 'nor')) return words > 0;
    if (bound && !brand) continue;
    if (word === ',') return words > 0 && isListed(tokens, place);
    if (kind === 'sign' || taken || ends.has(word) || articles.has(word) || starters.has(word)) return false;
    if (++words > mostListed) return false;
  }
  return false;
}

function isEnd(tokens: readonly Token[], at: number): boolean {
  const { kind, word, taken, bound, measure } = tokens[at];
  if (bound || measure !== null) return false;
  if (kind === 'sign') return word !== '&' && word !== '%';
  const isOver = taken && tokens[at - 1]?.measure === null;
  return ends.has(word) || isOver || negationAt(tokens, at) !== null;
}

function beginsAnew(tokens: readonly Token[], at: number, isKind: (token: Token) => boolean): boolean {
  const next = tokens[at + 1];
  if (!next || starters.has(next.word) || negationAt(tokens, at + 1) !== null) return true;
  return tokens[at].word !== 'or' && isKind(next);
}
