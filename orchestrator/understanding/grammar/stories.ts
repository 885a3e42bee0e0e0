import type { Lexicon } from '../catalogue/lexicon.ts';
import { isFiller } from '../words/filler-words.ts';
import { isVerb, mayBeGoods } from '../words/parts-of-speech.ts';
import { take } from '../words/phrases.ts';
import { type Token, wordToken } from '../words/tokens.ts';
import { asksFrom } from './asking.ts';
import { bodyParts, isBeing } from './beings.ts';
import type { Grammar } from './grammar.ts';
import { phraseOf } from './phrase.ts';
import { isPast, isPastForm, predicateOf } from './sentences.ts';

/**
 * "My flatmate watered my plants, so I owe her a candle": beside what is asked for by name, a sentence that tells something
 * is why, and what it names is no wish. Of how things are ("he only eats salmon") it keeps what items of the asked kind hold.
 */
export function withoutStories(parts: readonly Token[][], grammar: Grammar): Token[][] {
  const heads = parts.map((part) => askedThing(part, grammar));
  const first = heads.findIndex((head) => head !== null);
  if (first < 0) {
    for (const part of parts) takeLiking(part, grammar);
    return [...parts];
  }
  let isTold = false;
  const told = parts.map((part, at) => {
    isTold = heads[at] === null && tells(part, at > first, isTold);
    return isTold;
  });
  const kept = parts.filter((_, at) => !told[at]);
  const asked = heads.filter((head) => head !== null);
  if (asked.length !== 1) return kept;
  const more = parts.flatMap((part, at) =>
    told[at] && !isPast(part) ? heldOf(part, asked[0], grammar) : [],
  );
  if (more.length === 0) return kept;
  return kept.map((part) => (part === parts[first] ? [...part, wordToken('for'), ...more] : part));
}

/** What a part asks for by name, of the catalogue or of what a shop could have; the words that ask for it are taken. */
function askedThing(part: readonly Token[], { lexicon }: Grammar): Token | null {
  const asks = asksFrom(part);
  if (asks < 0) return null;
  // "A tent that I need for a trip"
  const from = part.slice(0, asks).some((token) => isThing(token, lexicon)) ? 0 : asks;
  const head = phraseOf(part.slice(from), lexicon)?.head;
  if (!head || isBeing(head.stem) || bodyParts.has(head.stem)) return null;
  if (!lexicon.names.has(head.stem) && !mayBeGoods(head)) return null;
  take(part, 0, from);
  return head;
}

/** "The colleague drinks tea": where nothing is asked for, what somebody likes is what is looked for, and not that it is liked. */
function takeLiking(part: readonly Token[], { lexicon }: Grammar): void {
  const predicate = predicateOf(part);
  const verb = predicate ? part.findIndex(({ word }, at) => at >= predicate.verb && liking.has(word)) : -1;
  if (!predicate || verb < 0 || !part.slice(0, verb).some(({ stem }) => isBeing(stem))) return;
  const head = phraseOf(part.slice(verb + 1), lexicon)?.head;
  if (head && lexicon.names.has(head.stem) && !isBeing(head.stem) && !bodyParts.has(head.stem))
    take(part, 0, verb + 1);
}
const liking = new Set('loves love likes adores enjoys collects collect drinks drink burns'.split(' '));

const isThing = ({ kind, taken, word, stem }: Token, { names }: Lexicon) =>
  kind === 'word' && !taken && !isFiller(word) && !isBeing(stem) && names.has(stem);

/** A sentence about somebody or something else than what is asked for, or what goes on with one: "and spilled the tea". */
function tells(part: readonly Token[], isBehind: boolean, goesOn: boolean): boolean {
  if (part.some(({ brand, taken, measure, saying }) => (brand && !taken) || measure || saying)) return false;
  const predicate = predicateOf(part);
  if (predicate === null) return goesOn && !startsThing(part);
  // "A lamp. It should be red": about what is asked for.
  if (isBehind && pointing.has(part[predicate.subject].word)) return false;
  // "My hands are dry": what it is for; "I burnt my hand" is not.
  return isPast(part) || !part.some(({ stem }) => bodyParts.has(stem));
}
const pointing = new Set('it they this that these those'.split(' '));
const startsThing = (part: readonly Token[]) => {
  const first = part.find(({ kind, taken }) => kind === 'word' && !taken);
  return first !== undefined && !isFiller(first.word) && !isVerb(first) && !isPastForm(first.word);
};

/** Words of a story that titles of the asked kind hold. */
function heldOf(part: readonly Token[], head: Token, { lexicon, things }: Grammar): Token[] {
  return part.filter(
    (token) =>
      token.kind === 'word' &&
      !token.taken &&
      token.stem !== head.stem &&
      !isFiller(token.word) &&
      lexicon.titles.has(token.stem) &&
      things({ stems: [head.stem, token.stem], head: head.stem }).held.has(token.stem),
  );
}
