import { isFiller } from '../../words/filler-words.ts';
import { measureWords } from '../../words/measures.ts';
import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { referenceAt } from '../items/references.ts';
import { bodyParts, isBeing } from '../people/beings.ts';
import { phraseOf } from '../phrase.ts';
import { factCalled } from '../questions/question-words.ts';
import { antecedentOf, pointsBack } from '../stories/antecedents.ts';
import { resolveWish } from '../wishes/wishes.ts';
import { ofSomebody } from './lasting.ts';
import { lackable, lacks, tellsDoing, tellsOfSomebody } from './mere-negations.ts';
import { lead, scopeEnd } from './negation-scope.ts';
import { anyBefore, negationAt, ruledOutAt } from './negations.ts';

/** "anything from" asks for something; it denies only behind "not". */
const harmless = phrases({
  dropped: `no thanks | no thank you | no problem | no worries | no idea | no matter | not sure | why not | do not know |
    not bad | no preference | not only | no doubt | do not mind | do not care | not really | not yet | if not | not necessarily |
    does not matter | no rush | not much | whether or not | or not | not suppose | not decide | not wait | not find | not found | not mind | would not mind | would not say no to |
    not say no to | not go amiss | not hurt | not hesitate | no luck finding | no luck with | no harm | no hurry | no pressure | not forget | not remember | not think of | not matter |
    you do not have | you do not sell | you do not stock | you would not have | you would not happen to have | not happen to have | not happen to sell | not happen to stock | not wrong | not long | no time |
    not have yet | not got yet | not own yet | not have so far`,
});

/** "Tuna? Never." */
const alone = new Set(['no', 'never']);
const declining = new Set('thanks thank'.split(' '));
const mostDeclined = 3;
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
    const said = negationAt(tokens, at);
    const idiom = harmless(tokens, at);
    const dropped = idiom && idiom.length >= (said?.length ?? 0) ? idiom : null;
    // "No. 2" is a place in the list.
    const isPlace = tokens[at].word === 'no' && referenceAt(tokens, at, reading, lexicon) !== null;
    // "I can't sleep": a need, and nothing that is not wanted.
    const isUnable =
      said?.length === 1 && abilities.has(tokens[at - 1]?.word) && !denied.has(tokens[at + 1]?.word);
    const isDoing = said !== null && tellsDoing(tokens, at + said.length, grammar);
    if (isDoing && tokens[at].word === 'without') {
      const end = scopeEnd(tokens, at + 1, () => false);
      take(tokens, at, end - at);
    }
    // "Our guest room has no lamp", "I have nothing for her to eat": it is missing.
    const isLacking = lackable.has(tokens[at].word) && lacks(tokens, clauseStart(tokens, at), at);
    const isAbout = said !== null && tellsOfSomebody(tokens, at + said.length);
    const start = dropped || isPlace || isUnable || isDoing || isLacking || isAbout ? null : said;
    const behind = dropped ? null : leftOutAt(tokens, at, grammar);
    if (!dropped && !behind && ruledOutAt(tokens, at)) leaveOutTold(at);
    const parted = partedAt(tokens, at);
    if (parted > at) {
      // "Keep the dog out of the kitchen": a need, and nothing that is not wanted.
      const isPlaced = tokens[parted + 1]?.word === 'of';
      const isLeft = ({ word, stem }: Token) => !lead.has(word) && !(isPlaced && isBeing(stem));
      leaveOutWords(tokens.slice(at + 1, parted).filter(isLeft));
      take(tokens, at, parted + 1 - at);
      at = parted;
    } else if (dropped) {
      if (declining.has(tokens[at + 1]?.word ?? '')) decline(at);
      take(tokens, at, dropped.length);
      at += dropped.length - 1;
    } else if (behind) {
      const from = clauseStart(tokens, at);
      leaveOutWords(tokens.slice(from, at));
      for (const token of tokens.slice(from, at)) token.measure = null;
      take(tokens, from, at + behind.length - from);
      at += behind.length - 1;
    } else if (start) {
      takeSubject(at);
      takeSorts(at);
      take(tokens, at, start.length);
      const isLast = (tokens[at + start.length]?.kind ?? 'sign') === 'sign';
      if (isLast && alone.has(tokens[at].word)) decline(at);
      else at = exclude(at + start.length) - 1;
    } else if (isFree(tokens, at)) {
      leaveOutWords([tokens[at - 1]]);
      take(tokens, at - 1, 2);
    }
  }

  /** "Our Rex will not touch salmon": who will not is nothing to look for, unless the catalogue has it. */
  function takeSubject(at: number): void {
    const from = clauseStart(tokens, at);
    const said = tokens.slice(from, at);
    const isSomebodys = said.some(({ word }) => possessives.has(word));
    const isStrange = ({ stem, word, kind, brand }: Token) =>
      kind === 'word' && brand === null && (isFiller(word) || !(lexicon.knows(stem) || isBeing(stem)));
    if (isSomebodys && said.every(isStrange)) take(tokens, from, at - from);
  }

  /** "Any *scent* but cinnamon", "of every kind except mats": what may be of any sort is wished for already. */
  function takeSorts(at: number): void {
    const any = anyBefore(tokens, at);
    const said = any < 0 ? [] : tokens.slice(any + 1, at);
    const isSort = ({ word }: Token) =>
      sorts.has(word) || factCalled(word) !== null || lexicon.attributes.named(word) !== null;
    if (said.length > 0 && said.every(isSort)) take(tokens, any, at - any);
  }

  /** Reads one scope; gives the place behind it. */
  function exclude(from: number): number {
    let at = from;
    while (tokens[at] && isLead(tokens[at])) {
      if (leaveOutSaid(at) || leaveOutShown(at)) return at + 1;
      at++;
    }
    if (leaveOutSaid(at) || leaveOutShown(at)) return at + 1;
    const end = scopeEnd(tokens, at, (token) => exclusions.isKind([token]));
    leaveOutWords(tokens.slice(at, end));
    for (const token of tokens.slice(from, end)) {
      token.taken = true;
      token.measure = null;
    }
    return end;
  }

  /** "Squeaky? No thanks": what stands before it, in its clause or in the one before. */
  function decline(at: number): void {
    const own = clauseStart(tokens, at);
    const isThing = ({ kind, taken, word }: Token) => kind === 'word' && !taken && !isFiller(word);
    const from = own > 0 && !tokens.slice(own, at).some(isThing) ? clauseStart(tokens, own - 1) : own;
    const things = tokens.slice(from, at).filter(isThing);
    if (from === 0 || things.length === 0 || things.length > mostDeclined) return;
    leaveOutWords(tokens.slice(from, at));
    take(tokens, from, at - from);
  }

  /** "She gets sick from tuna, so none of *that*": what was said before, and is ruled out by now. */
  function leaveOutSaid(at: number): boolean {
    if (!pointsBack(tokens, at)) return false;
    const said = heard.without.length > 0 ? [] : antecedentOf(tokens, at, isNamed);
    if (said.length + heard.without.length === 0) return false;
    leaveOutWords(said);
    for (const token of [...said, tokens[at]]) token.taken = true;
    return true;
  }

  /** "She can't be near cinnamon, *it* makes her sick" */
  function leaveOutTold(at: number): void {
    const from = clauseStart(tokens, at);
    const [pronoun, ...rest] = tokens
      .slice(from, at)
      .filter(({ kind, word }) => kind === 'word' && !always.has(word));
    if (!pronoun || rest.length > 0 || !pointing.has(pronoun.word)) return;
    // In "no cinnamon, it gives me headaches" it is out already.
    const said = antecedentOf(tokens, from, isNamed, 1);
    if (said.length > 0) leaveOutWords(said);
    for (const token of said) token.taken = true;
  }

  function isNamed({ stem, brand }: Token): boolean {
    return brand !== null || lexicon.names.has(stem);
  }

  /** "not the first one": an item of the list. */
  function leaveOutShown(at: number): boolean {
    const reference = referenceAt(tokens, at, reading, lexicon, true);
    if (!reference) return false;
    // "Not the squeaky one": none of that kind, shown or not; "not the Wuffi one" is that item.
    const said = tokens.slice(at, at + reference.length);
    if (reference.isCalled && (said.at(-1)?.word === 'ones' || !said.some(({ brand }) => brand)))
      return false;
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
    const at = place ? tokens.indexOf(place) : -1;
    const stays = reading.aversions.some(({ from, end }) => at >= from && at < end);
    if (saying && place && !stays) place.saying = saying;
    else heard.without.push(...exclusions(said).map((each) => (stays ? ofSomebody(each, grammar) : each)));
    const kind = said.findLast(({ kind, brand }) => kind === 'word' && !brand);
    const named = kind && said.length > 1 && exclusions.isKind([kind]) ? phraseOf([kind], lexicon) : null;
    const implied = named && resolveWish(named, [], null, grammar).wish;
    // Of "no bird food" nothing is left to wish for.
    const isRuledOut = heard.without.some(
      ({ categories }) =>
        implied &&
        implied.categories.length > 0 &&
        implied.categories.every((path) => categories.includes(path)),
    );
    if (implied && !isRuledOut) heard.implied = implied;
    for (const { measure } of scope)
      if (measure) heard.without.push(withoutWords(measure, measureWords(measure)));
  }
}

const always = new Set('always just really'.split(' '));
const pointing = new Set('it that this they those'.split(' '));
const sorts = new Set('kind kinds sort sorts type types version variety make brand one'.split(' '));

const possessives = new Set('my our his her their'.split(' '));

/** "leave the play mats out": the place of "out"; that of "leave" where there is none. */
function partedAt(tokens: readonly Token[], at: number): number {
  if (tokens[at].taken || !leaving.has(tokens[at].word)) return at;
  const out = tokens.findIndex(
    ({ word, kind }, place) => place > at + 1 && (word === 'out' || kind === 'sign'),
  );
  const isParted = out > 0 && out - at <= mostParted && tokens[out].word === 'out' && !tokens[out].taken;
  // "When I take the dog out", but "keep the birds out".
  const isThing = ({ kind, word, stem, brand }: Token) =>
    brand !== null || (kind === 'word' && !isFiller(word) && !(tokens[at].word === 'take' && isBeing(stem)));
  return isParted && tokens.slice(at + 1, out).some(isThing) ? out : at;
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
const abilities = new Set(['can', 'could']);
const denied = new Set('eat have smell drink wear use be contain include take tolerate digest'.split(' '));
const isLead = ({ word, taken, brand, measure, kind }: Token) =>
  kind !== 'sign' && brand === null && measure === null && (taken || lead.has(word));
/** What stands before it in the clause is ruled out, if that is something of the catalogue: no being, and nothing of one's own. */
function leftOutAt(tokens: readonly Token[], at: number, { lexicon }: Grammar) {
  const found = ruledOutAt(tokens, at);
  if (!found) return null;
  const next = tokens[at + found.length];
  // "Pens I have plenty of", but "I have plenty of pens".
  const isOpen = tokens[at + found.length - 1]?.word === 'of' && next !== undefined && next.kind !== 'sign';
  // "It is out of stock" is no wish.
  if (isOpen || next?.word === 'of' || next?.word === 'from') return null;
  const start = clauseStart(tokens, at);
  const said = tokens.slice(start, at).filter(({ taken, kind }) => !taken && kind === 'word');
  const things = said.filter(({ word }) => !isFiller(word));
  const isKnown = (token: Token) => token.brand !== null || lexicon.knows(token.stem);
  const isOwn = said.some(({ word, owns }) => owns || owners.has(word));
  if (isOwn) return null;
  // "Two person ones are out"
  if (things.length === 0 && tokens.slice(start, at).some(({ measure }) => measure !== null)) return found;
  const isSomebodys = things.every(({ stem }) => isBeing(stem) || bodyParts.has(stem));
  return things.some((token) => start > 0 || isKnown(token)) && !isSomebodys ? found : null;
}
/** Of one's own, or what says more about something: "a pan that does not work". */
const owners = new Set('my our his her their it this that which'.split(' '));
const clauseStart = (tokens: readonly Token[], at: number) =>
  tokens.findLastIndex(
    ({ kind, word, bound }, place) => place < at && !bound && (kind === 'sign' || clauseStarts.has(word)),
  ) + 1;
const clauseStarts = new Set('but with and because since as or though although'.split(' '));
const isFree = (tokens: readonly Token[], at: number) => {
  const { word, taken, bound } = tokens[at];
  const before = tokens[at - 1];
  return (
    word === 'free' && !taken && !bound && before?.kind === 'word' && !before.taken && !lead.has(before.word)
  );
};
