import { isFiller } from '../../words/filler-words.ts';
import { type Found, phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { isBeing } from '../people/beings.ts';
import { isAnyOf, namedItems } from './named-items.ts';
import { type Reference, referenceAt } from './references.ts';

const says = phrases({
  again: `ran out of | run out of | running out of | i am out of | are out of | is out of | used up | is empty | are empty | finished my |
    running low on | almost out of | is gone | are gone | ran out | has run out | have run out | is nearly empty | is almost empty | are nearly empty | is all gone | are all gone | need more | have no more | is finished | are finished`,
  had: 'goes with | goes well with | go with | fits with | go well with | goes together with',
  pointed: 'got | have | has | i take | we take',
  liked: `more like | similar to | something like | anything like | such as | same as | reminds me of | in the style of | like | i like |
    i liked | i love | i loved | i enjoyed | i really like | i really liked | i prefer | comparable to | resembling | close to |
    along the lines of | love | liked | loved`,
  nothing:
    'would like | should like | should love | would love | feel like | looks like | look like | would prefer | i would rather like',
});
/** Who speaks, and since when: "I have just". */
const owner =
  '(?:(?:i|we) )?(?:(?:have|has|had|am|was|were|will) )?(?:(?:just|already|recently|finally|also|been|always|usually|normally|often|previously|once) )*';
const owned: { meaning: 'had' | 'perhaps'; said: RegExp }[] = [
  // Verbs that say it by themselves.
  {
    meaning: 'had',
    said: new RegExp(
      `^${owner}(?:bought|purchased|ordered|received|inherited|own|invested in|splashed out on|picked up|treated (?:myself|ourselves) to|ended up (?:buying|with)|got (?:myself|hold of|my hands on|given|for christmas)|(?:was|were|been) (?:given|gifted)|won)\\b`,
    ),
  },
  // Verbs that say it of who speaks, or of what is done already; "I buy", "we use" tell of no one thing.
  {
    meaning: 'had',
    said: new RegExp(
      `^(?=(?:i|we|am|was|were|have been|(?:have )?(?:just|already|recently|finally)) )${owner}(?:got|tried|tested|took|given|gifted|using|(?<=will )(?:take|buy)|(?<=already )use)\\b`,
    ),
  },
  { meaning: 'had', said: /^(?:(?:i|we) )?(?:already have|have already)(?: got)?\b/ },
  { meaning: 'perhaps', said: /^(?:i|we) have(?: also)?\b/ },
];
const longestOwned = 8;
const owners = new Set('my our your his her its their'.split(' '));

/** "I have just bought", "we already own", "tried": words that tell of what somebody has. */
function ownedAt(tokens: readonly Token[], at: number): Found<'had' | 'perhaps'> | null {
  const isOpen = ({ taken, bound, kind }: Token) => !taken && !bound && kind === 'word';
  // "My own mat" tells of none.
  if (tokens[at].word === 'own' && owners.has(tokens[at - 1]?.word ?? '')) return null;
  const next = tokens.slice(at, at + longestOwned);
  const end = next.findIndex((token) => !isOpen(token));
  const text = next
    .slice(0, end < 0 ? next.length : end)
    .map(({ word }) => word)
    .join(' ');
  for (const { meaning, said } of owned) {
    const found = said.exec(text)?.[0];
    if (found) return { meaning, length: found.split(' ').length };
  }
  return null;
}

const arrives = phrases({
  had: `arrived | has arrived | just arrived | has just arrived | finally arrived | arrived yesterday | arrived today | was delivered |
    were delivered | got delivered | has been delivered | came yesterday | came today | has come | is sorted | is sorted out | are sorted | are sorted out |
    is covered | are covered | is taken care of | are taken care of | is already here | is there already | is bought | are bought | is already bought | is packed | is ready | is in the bag`,
});
const ends = new Set(
  `but what which now please so can could show recommend suggest anything something any need want looking then how instead i we
  yesterday today recently last before for from at because since`.split(/\s+/),
);
const lead = new Set(
  'a an the my some of this that new pair set bottle bag pack box myself us one two three few another'.split(
    ' ',
  ),
);
const joins = new Set(['and', ',', '&', 'plus', 'or']);
const pronouns = new Set('it that this them those these'.split(' '));
const whom = new Set(['me', 'us']);
const subjects = new Set('i we they he she'.split(' '));
const asked = new Set('can could may might should must shall would will do'.split(' '));
/** Share of a title that has to be said, so that "I like vanilla" means no item. */
const leastLiked = 0.6;
/** Items are looked for by so many names in one turn. */
const mostLooks = 10;

/** Reads what the person has, and what the answer should be like. */
export function readPossession(reading: Reading, grammar: Grammar): void {
  const { tokens, heard } = reading;
  readArrived();
  let looks = 0;
  for (let at = 0; at < tokens.length; at++) {
    const [one, other] = [says(tokens, at), ownedAt(tokens, at)];
    const said = (one?.length ?? 0) > (other?.length ?? 0) ? one : (other ?? one);
    const subject = subjects.has(tokens[at - 1]?.word ?? '') ? at - 1 : at;
    // "Could I have a toy?" asks for one.
    if (!said || (said === other && asked.has(tokens[subject - 1]?.word ?? ''))) continue;
    const from = at + said.length;
    if (said.meaning === 'again') take(tokens, subject, from - subject);
    else if (said.meaning === 'nothing') take(tokens, at, said.length);
    else {
      const list = said.meaning === 'liked' ? heard.liked : heard.had;
      const end = readReferences(from, list);
      if (end > from) take(tokens, at, end - at);
      else if (said.meaning === 'pointed' && !tellsFirst(tokens, at)) continue;
      else if (++looks > mostLooks) return;
      else if (said.meaning === 'liked') readLiked(at, from);
      else readNames(at, from, said.meaning !== 'perhaps');
    }
  }

  /** "my kettle arrived yesterday": what comes before says what. */
  function readArrived(): void {
    const at = tokens.findIndex((_, place) => arrives(tokens, place) !== null);
    const start =
      tokens.findLastIndex(({ kind, bound }, place) => place < at && kind === 'sign' && !bound) + 1;
    if (at < 0 || !['my', 'our', 'the'].includes(tokens[start].word)) return;
    if (namedItems(tokens.slice(start, at), grammar).length === 0) return;
    addHad(tokens.slice(start, at));
    take(tokens, start, at + (arrives(tokens, at)?.length ?? 0) - start);
  }

  /** "the first and the third one"; gives the place behind them. */
  function readReferences(from: number, list: string[]): number {
    let end = from;
    for (let at = from; ; at = end + 1) {
      const found = referenceAt(tokens, at, reading, grammar.lexicon, true);
      const reference = found && { ...found, ids: meantBy(at, found) };
      if (!reference) return end;
      list.push(...reference.ids);
      heard.spoken.push(...reference.ids);
      end = at + reference.length;
      if (!joins.has(tokens[end]?.word ?? '')) return end;
    }
  }

  /** "*The second one*, I bought it": what a pronoun means was pointed at before in the same breath. */
  function meantBy(at: number, { ids, length }: Reference): string[] {
    if (length > 1 || !pronouns.has(tokens[at].word)) return ids;
    for (let from = 0; from < at; from++) {
      const pointed = referenceAt(tokens, from, reading, grammar.lexicon);
      if (!pointed) continue;
      take(tokens, from, pointed.length);
      return pointed.ids;
    }
    return ids;
  }

  function readNames(at: number, from: number, isSure: boolean): void {
    // "I have dry hair" tells of no item, "I have a kettle" may.
    if (!isSure && !lead.has(tokens[from]?.word ?? '')) return;
    const end = scopeEnd(tokens, from);
    // "I bought the wrong shampoo" asks for another, and which one it was is not said.
    const wrong = tokens.findIndex(({ word, taken }, place) => place >= from && word === 'wrong' && !taken);
    if (wrong >= 0 && wrong < end) return void take(tokens, at, wrong + 1 - at);
    const groups = split(tokens.slice(from, end)).slice(0, mostLooks);
    if (groups.some((group) => group.some((token, i) => isBeing(token.stem) && !isThingFor(group, i))))
      return;
    const found = groups.filter((group) => namedItems(group, grammar).length > 0);
    if (found.length === 0 || (!isSure && found.length < groups.length)) return;
    for (const group of groups) addHad(group);
    // "*My sister* gave me a lamp": for her nothing is looked for.
    if (whom.has(tokens[from]?.word ?? '') && isBeing(tokens[at - 1]?.word ?? '')) take(tokens, at - 1);
    take(tokens, at, end - at);
  }

  /** What some words call; of several, one stands for the kind. */
  function addHad(words: readonly Token[]): void {
    const named = namedItems(words, grammar);
    if (isKind(words))
      reading.owned.push(...grammar.exclusions(words).map((kind) => ({ ...kind, assumed: true })));
    if (named.length === 0) return;
    const id = grammar.lexicon.items[named[0].item].item_id;
    heard.had.push(id);
    if (isAnyOf(named)) heard.examples.push(id);
  }

  function readLiked(at: number, from: number): void {
    const end = scopeEnd(tokens, from);
    const [best, other] = namedItems(tokens.slice(from, end), grammar);
    if (!best || best.share < leastLiked) return;
    // "Something like a sleeping bag", of which there are several: the kind is wished for, and none of them is meant.
    if (best.share < 1 && other && tokens[from].word === 'a') return void take(tokens, at, from - at);
    heard.liked.push(grammar.lexicon.items[best.item].item_id);
    take(tokens, at, end - at);
  }
}

/** "A tent, what is missing?", or no more than that: no other of that kind, unless one is wished for. */
export function leaveOutOwned({ tokens, owned, heard }: Reading): void {
  const { wishes, without, limits, liked, order, question } = heard;
  const isAll = [wishes, without, limits, liked].every(({ length }) => length === 0) && !order && !question;
  // "And need a bigger one"
  const isOfKind = tokens.some(({ word }) => word === 'one' || word === 'ones');
  if ((isAll && !isOfKind) || asksForRest(tokens)) heard.without.push(...owned);
}

/** "Have shampoo, need conditioner": what the turn begins with is there already. */
const tellsFirst = (tokens: readonly Token[], at: number) =>
  at === 0 && tokens.some(({ word }) => word === 'need' || word === 'want' || word === 'looking');

/** "What is missing?", "what else do I need?": beside what somebody has. */
const asksForRest = (tokens: readonly Token[]) =>
  tokens.some(({ word }) => word === 'what' || word === 'anything') &&
  tokens.some(({ word }) => word === 'missing' || word === 'else');
const mostWordsOfKind = 2;
/** "A grinder", but not "the Baristo Pro 64 Coffee Grinder", which is one item. */
const isKind = (group: readonly Token[]) =>
  !group.some(({ brand }) => brand) &&
  group.filter(({ kind, word }) => kind !== 'sign' && !isFiller(word)).length <= mostWordsOfKind;

/** "Dog food": the being only says for whom the thing is. */
function isThingFor(group: readonly Token[], at: number): boolean {
  const next = group[at + 1];
  return next?.kind === 'word' && !isFiller(next.word);
}

function scopeEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  for (; at < tokens.length; at++) {
    const { kind, word, bound } = tokens[at];
    const next = tokens[at + 1]?.word;
    if (bound) continue;
    if (kind === 'sign' && !',&%'.includes(word)) break;
    if (at === from) continue;
    if (ends.has(word) || ((word === ',' || word === 'and') && (next === undefined || ends.has(next)))) break;
  }
  return at;
}

function split(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [[]];
  for (const token of tokens) {
    if (!token.bound && joins.has(token.word)) groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.filter((group) => group.some(({ word, kind }) => kind !== 'sign' && !isFiller(word)));
}
