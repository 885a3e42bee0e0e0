import { functionWords, isFiller, plainVerbs } from '../../words/filler-words.ts';
import { isVerb } from '../../words/parts-of-speech.ts';
import { phrases, take } from '../../words/phrases.ts';
import { type Token, wordToken } from '../../words/tokens.ts';
import { readAge } from './ages.ts';
import { type Being, beingOf, bodyParts, isAnimal } from './beings.ts';

const opening = phrases({
  for: `for my | for our | for a | for an | for his | for her | for their | for the | for your | for | my | our | to my | is my | keep my | to a | the | does a | does my | do my | does our |
    is a | is an`,
});
/** Words between "my" and the being: "my old, blind dog". */
const mostBetween = 3;
const childrenUpTo = 12;

/** "Our little one" is a baby; "the little one" may be of the list, where there is one. */
export function nameLittleOnes(tokens: Token[], isListed: boolean): void {
  for (let at = 1; at + 1 < tokens.length; at++) {
    const [owner, little, one] = tokens.slice(at - 1, at + 2);
    // "The little one has a rash", but "a mug, the little one please".
    const isSomebody = tokens[at - 2]?.word === 'for' || being.has(tokens[at + 2]?.word ?? '');
    const isOwn = owners.has(owner.word) || (owner.word === 'the' && !isListed && isSomebody);
    if (!isOwn || !littles.has(little.word) || little.taken || one.word !== 'one') continue;
    take(tokens, at, 1);
    tokens[at + 1] = { ...wordToken('baby'), typed: one.typed };
  }
}
const owners = new Set('my our his her their'.split(' '));
const being = new Set('is has was needs wants keeps gets cries loves hates'.split(' '));
const littles = new Set('little wee tiny'.split(' '));

export interface Recipient {
  being: Being;
  /** The word for it; null where an age says it. */
  token: Token | null;
  /** What things for its age are called: "senior" for an old dog. */
  stage?: string;
}

/** "We have two dogs", "she is expecting a baby", "adopting our first kitten". */
function gettingAt(tokens: readonly Token[], at: number): { length: number } | null {
  if (!getting.has(tokens[at].word) || tokens[at].taken) return null;
  const next = tokens[at + 1]?.word === 'up' || tokens[at + 1]?.word === 'got' ? at + 2 : at + 1;
  return some.has(tokens[next]?.word ?? '') ? { length: next + 1 - at } : null;
}
/** "We came home with *a puppy*. He needs …": an animal of which more is told. */
function spokenOfAt(tokens: readonly Token[], at: number): { length: number } | null {
  const place = some.has(tokens[at].word) && !tokens[at].taken ? beingBehind(tokens, at + 1) : null;
  const isOne = place !== null && isAnimal(tokens[place].stem);
  return isOne && tokens.slice(at + 2).some(({ word }) => told.has(word)) ? { length: 1 } : null;
}
const told = new Set('he she him her they them'.split(' '));
const getting = new Set(
  `have has had having get gets getting got own owns adopt adopts adopted adopting rescue rescued rescuing foster fostering buying bought expecting
  picking picked found welcoming welcomed keep keeping raising`.split(/\s+/),
);
const some = new Set('a an our two three four five several another some new'.split(' '));

const old = new Set('old older elderly ageing aging oldish senior geriatric retired'.split(' '));

/** Reads for whom it is: "for my dad", "my cat is bored", "for a two year old". */
export function readRecipients(tokens: readonly Token[]): Recipient[] {
  const years = readAge(tokens);
  const aged: Being | null =
    years !== null ? (years <= childrenUpTo ? 'child' : 'person') : tellsOfBaby(tokens) ? 'child' : null;
  const found: Recipient[] = [];
  for (let at = 0; at < tokens.length; at++) {
    // "For mum and dad"
    const isJoined = at > 0 && joining.has(tokens[at].word) && found.at(-1)?.token === tokens[at - 1];
    const open =
      opening(tokens, at) ??
      gettingAt(tokens, at) ??
      spokenOfAt(tokens, at) ??
      (isJoined ? { length: 1 } : isSubject(tokens, at) ? { length: 0 } : null);
    // "The baby has a rash", but not "the dog bed".
    const before = tokens[at - 1];
    const isInside =
      tokens[at].word === 'the' &&
      before &&
      before.kind !== 'sign' &&
      !(beforeOne.has(before.word) || plainVerbs.has(before.word) || isVerb(before));
    const place = open && !isInside ? beingBehind(tokens, at + open.length) : null;
    if (place === null) continue;
    const token = tokens[place];
    const being = beingOf(token) ?? 'person';
    // "my two year old son" is a child; a dog stays a dog.
    const isPerson = being === 'man' || being === 'woman' || being === 'person';
    const oldness = isAnimal(token.stem) ? tokens.slice(at, place).filter(({ word }) => old.has(word)) : [];
    for (const word of oldness) word.taken = true;
    const stage = oldness.length > 0 ? 'senior' : stageOf(tokens, place, years);
    found.push({ being: aged && isPerson ? aged : being, token, ...(stage ? { stage } : {}) });
    if (isNameBehind(tokens, place)) take(tokens, place + 1, 1);
    // "My kid's teacher": nothing is for the kid.
    if (tokens[place - 1]?.owns && beingOf(tokens[place - 1]) !== null) take(tokens, place - 1, 1);
    at = place;
  }
  // "A kitten, and food for him": who was named before.
  const named = found.filter(({ token }) => token?.word !== 'him' || found.length === 1);
  const isTold = years !== null || tokens.some(({ word }) => spoken.has(word));
  return named.length === 0 && aged && isTold ? [{ being: aged, token: null }] : named;
}

/** Who sits in a high chair is a small child, whatever "my daughter" says of her age. */
const tellsOfBaby = (tokens: readonly Token[]) =>
  tokens.some(
    ({ word, stem }, at) =>
      babyish.has(stem) ||
      (word === 'high' && tokens[at + 1]?.stem === 'chair') ||
      (word === 'solid' && tokens[at + 1]?.stem === 'food'),
  );
const spoken = new Set('he she him her'.split(' '));
const babyish = new Set(
  'highchair cot crib nappy diaper pram pushchair stroller buggy potty nursery creche teething toddling babbling weaning weaned bib dummy pacifier rusk playpen crawl crawling'.split(
    ' ',
  ),
);

const seniorFrom = 8;

/** "Our dog is thirteen", "the cat is getting old", "a puppy of ten weeks": what things for an animal of its age are called. */
function stageOf(tokens: readonly Token[], place: number, years: number | null): string | undefined {
  const { stem } = tokens[place];
  if (!isAnimal(stem)) return undefined;
  const isAged = tokens.slice(place + 1, place + 1 + mostBehind).some(({ word }) => old.has(word));
  const isIt = states.has(tokens[place + 1]?.word ?? '');
  if (years === 0) return beingOf({ stem, word: stem }) === 'cat' ? 'kitten' : 'puppy';
  // "Three years old" is said by the number.
  return (years === null ? isAged && isIt : years >= seniorFrom) ? 'senior' : undefined;
}
const mostBehind = 4;
const states = new Set('is has gets grows'.split(' '));

const joining = new Set(['and', 'or', '&']);

/** "When *the dog* pulls", "I walk *the dog*", but not "the size of the dog bed". */
const beforeOne = new Set('and but so because when while that as if since take takes taking took'.split(' '));

/** "Toddler throws his plate", "baby's bottom is sore"; or nothing else is said: "no, dog". */
function isSubject(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token.taken || token.bound || beingOf(token) === null) return false;
  const said = tokens.filter(({ taken, kind, word }) => !taken && kind === 'word' && !isFiller(word));
  const starts = at === 0 || tokens[at - 1].kind === 'sign' || tokens[at - 1].taken;
  const next = tokens[at + 1];
  const isDoing =
    next !== undefined &&
    (closers.has(next.word) || bodyParts.has(next.stem) || (isVerb(next) && next.word.endsWith('s')));
  return (starts && (isDoing || token.owns)) || (said.length === 1 && isAnimal(token.stem));
}

function beingBehind(tokens: readonly Token[], from: number): number | null {
  for (let at = from; at <= from + mostBetween; at++) {
    const token = tokens[at];
    if (!token || token.kind === 'sign' || token.bound || between.has(token.word)) return null;
    const isNamed = beingOf(token) !== null;
    // "for cat food": the being only says more about a thing; "my kid's teacher": or about another.
    const isOwner = token.owns && tokens[at + 1] !== undefined && beingOf(tokens[at + 1]) !== null;
    if (isNamed && !token.taken && !isOwner && !isModifier(tokens, at)) return at;
  }
  return null;
}
const between = new Set(['in', 'on', 'with', 'and', 'of', 'from', 'for']);

function isModifier(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  // "Pegs for the guy lines"
  if (tokens[at].word === 'guy' && (next?.stem === 'line' || next?.stem === 'rope')) return true;
  return (
    next !== undefined &&
    next.kind === 'word' &&
    !next.taken &&
    // "the dog's bed" is for the dog
    !tokens[at].owns &&
    !closers.has(next.word) &&
    !functionWords.has(next.word) &&
    // "my baby's teeth hurt"
    !bodyParts.has(next.stem) &&
    // "for my niece's birthday"
    !occasions.has(next.word) &&
    !next.word.endsWith('s') &&
    next.typed !== 'and' &&
    !isNameBehind(tokens, at)
  );
}
/** "Our cat *Minka*" */
const isNameBehind = (tokens: readonly Token[], at: number): boolean => {
  const next = tokens[at + 1];
  return next?.kind === 'word' && next.capital && !tokens[at].capital && !next.brand && !next.taken;
};
const occasions = new Set(
  'birthday christmas anniversary wedding graduation retirement housewarming christening easter farewell promotion baptism'.split(
    ' ',
  ),
);
const closers = new Set(
  `is are has have need want who that which and or but to with in on for under over at from likes loves needs wants keeps gets does
  always never can will turns turned please so because just always as every was just instead also too aged age hates went
  not without now yesterday today recently last already s retires retired leaves leaving left moves moved turning marries married says said celebrates refuses refused eats plays sleeps cries bites
  chews pulls barks runs jumps spits throws drops`.split(/\s+/),
);
