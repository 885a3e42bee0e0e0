import { isFiller } from '../words/filler-words.ts';
import { measureWords } from '../words/measures.ts';
import { phrases, take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import type { Grammar } from './grammar.ts';
import type { Reading } from './heard.ts';
import { lead, scopeEnd } from './negation-scope.ts';
import { negationAt, ruledOutAt } from './negations.ts';
import { phraseOf } from './phrase.ts';
import { referenceAt } from './references.ts';
import { resolveWish } from './wishes.ts';

/** "anything from" asks for something; it denies only behind "not". */
const harmless = phrases({
  dropped: `no thanks | no thank you | no problem | no worries | no idea | no matter | not sure | why not | do not know |
    not bad | no preference | not only | no doubt | do not mind | do not care | not really | not yet | if not | not necessarily |
    does not matter | no rush | no need | not much | whether or not | or not`,
});

const goingOn = new Set(['or', 'nor']);

/** Whoever rules out more in one breath is no customer. */
const mostExclusions = 20;

/** Reads what is not wanted: "not squeaky", "nothing from Wuffi", "perfume-free". */
export function readNegation(reading: Reading, grammar: Grammar): void {
  const { tokens, heard } = reading;
  const { lexicon, exclusions } = grammar;
  // "Without clay" – "or zinc": the turn goes on with what is not wanted.
  if (reading.denies && goingOn.has(tokens[0]?.word)) exclude(1);
  for (let at = 0; at < tokens.length; at++) {
    const dropped = harmless(tokens, at);
    // "No. 2" is a place in the list.
    const isPlace = tokens[at].word === 'no' && referenceAt(tokens, at, reading, lexicon) !== null;
    // "I can't sleep": a need, and nothing that is not wanted.
    const isUnable =
      tokens[at].word === 'not' && abilities.has(tokens[at - 1]?.word) && !denied.has(tokens[at + 1]?.word);
    const start =
      dropped || isPlace || isUnable || tellsWeary(tokens, at, grammar) ? null : negationAt(tokens, at);
    const behind = dropped ? null : leftOutAt(tokens, at);
    const parted = partedAt(tokens, at);
    if (parted > at) {
      leaveOutWords(tokens.slice(at + 1, parted).filter(({ word }) => !lead.has(word)));
      take(tokens, at, parted + 1 - at);
      at = parted;
    } else if (dropped) {
      take(tokens, at, dropped.length);
      at += dropped.length - 1;
    } else if (behind) {
      const from = clauseStart(tokens, at);
      leaveOutWords(tokens.slice(from, at));
      take(tokens, from, at + behind.length - from);
      at += behind.length - 1;
    } else if (start) {
      take(tokens, at, start.length);
      at = exclude(at + start.length) - 1;
    } else if (isFree(tokens, at)) {
      leaveOutWords([tokens[at - 1]]);
      take(tokens, at - 1, 2);
    }
  }

  /** Reads one scope; gives the place behind it. */
  function exclude(from: number): number {
    let at = from;
    while (tokens[at] && isLead(tokens[at])) {
      if (leaveOutShown(at)) return at + 1;
      at++;
    }
    if (leaveOutShown(at)) return at + 1;
    const end = scopeEnd(tokens, at, (token) => exclusions.isKind([token]));
    leaveOutWords(tokens.slice(at, end));
    for (const token of tokens.slice(from, end)) {
      token.taken = true;
      token.measure = null;
    }
    return end;
  }

  /** "not the first one": an item of the list. */
  function leaveOutShown(at: number): boolean {
    const reference = referenceAt(tokens, at, reading, lexicon, true);
    if (!reference) return false;
    take(tokens, at, reference.length);
    const text = reference.ids.map((id) => lexicon.titleOf(lexicon.byId.get(id) ?? 0)).join(', ');
    heard.without.push({ text, categories: [], brands: [], words: [], item_ids: reference.ids });
    return true;
  }

  function leaveOutWords(scope: readonly Token[]): void {
    if (heard.without.length >= mostExclusions) return;
    const said = scope.filter(({ taken }) => !taken);
    // "without silicones": the catalogue says it of its items in these words, and of nothing the contrary.
    const saying = exclusions.denialOf(said);
    const place = scope.find(({ kind }) => kind !== 'sign');
    if (saying && place) place.saying = saying;
    else heard.without.push(...exclusions(said));
    const kind = said.findLast(({ kind, brand }) => kind === 'word' && !brand);
    const named = kind && said.length > 1 && exclusions.isKind([kind]) ? phraseOf([kind], lexicon) : null;
    if (named) heard.implied = resolveWish(named, [], null, grammar).wish;
    for (const { measure } of scope)
      if (measure) heard.without.push(withoutWords(measure, measureWords(measure)));
  }
}

/** "leave the play mats out": the place of "out"; that of "leave" where there is none. */
function partedAt(tokens: readonly Token[], at: number): number {
  if (tokens[at].taken || !leaving.has(tokens[at].word)) return at;
  const out = tokens.findIndex(
    ({ word, kind }, place) => place > at + 1 && (word === 'out' || kind === 'sign'),
  );
  return out > 0 && out - at <= mostParted && tokens[out].word === 'out' && !tokens[out].taken ? out : at;
}
const leaving = new Set('leave keep rule cut take filter'.split(' '));
const mostParted = 7;

const withoutWords = (text: string, words: string) => ({
  text,
  categories: [],
  brands: [],
  words: [words],
  item_ids: [],
});
/** "Tired of waking up cold": a need, where the catalogue has nothing that is called so. */
function tellsWeary(tokens: readonly Token[], at: number, { lexicon }: Grammar): boolean {
  const found = weary(tokens, at);
  const next = found ? tokens[at + found.length] : undefined;
  return next !== undefined && /.{2}ing$/.test(next.word) && !lexicon.names.has(next.stem);
}
const weary = phrases({
  of: 'tired of | sick of | fed up with | bored of | bored with | done with | had enough of | scared of | afraid of',
});
const abilities = new Set(['can', 'could']);
const denied = new Set('eat have smell drink wear use be contain include take tolerate digest'.split(' '));
const isLead = ({ word, taken, brand, measure, kind }: Token) =>
  kind !== 'sign' && brand === null && measure === null && (taken || lead.has(word));
const leftOutAt = (tokens: readonly Token[], at: number) => {
  const found = ruledOutAt(tokens, at);
  const next = found ? tokens[at + found.length] : undefined;
  // "It is out of stock" is no wish.
  // "Pens I have plenty of", but "I have plenty of pens".
  const isOpen =
    tokens[at + (found?.length ?? 1) - 1].word === 'of' && next !== undefined && next.kind !== 'sign';
  const isSaid = found && !isOpen && next?.word !== 'of' && next?.word !== 'from';
  const said = tokens.slice(clauseStart(tokens, at), at);
  return isSaid && said.some(({ taken, kind, word }) => !taken && kind === 'word' && !isFiller(word))
    ? found
    : null;
};
const clauseStart = (tokens: readonly Token[], at: number) =>
  tokens.findLastIndex(
    ({ kind, word, bound }, place) =>
      place < at && !bound && (kind === 'sign' || word === 'but' || word === 'with'),
  ) + 1;
const isFree = (tokens: readonly Token[], at: number) => {
  const { word, taken, bound } = tokens[at];
  const before = tokens[at - 1];
  return (
    word === 'free' && !taken && !bound && before?.kind === 'word' && !before.taken && !lead.has(before.word)
  );
};
