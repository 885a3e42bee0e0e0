import { isDeepStrictEqual } from 'node:util';
import type { Lexicon } from '../catalogue/lexicon.ts';
import { differenceOf, isUnknown } from '../intent.ts';
import { placesTold } from '../words/everyday-needs.ts';
import { withMinusSaid } from '../words/minus.ts';
import { phrases, take } from '../words/phrases.ts';
import { type Token, tokensOf } from '../words/tokens.ts';
import { correct } from './correct.ts';
import type { Grammar } from './grammar.ts';
import { type Heard, isMere, nothingHeard, type Reading, type Turn } from './heard.ts';
import { readAfterLatest } from './items/after-latest.ts';
import { readPointed } from './items/pointed-items.ts';
import { leaveOutOwned, readPossession } from './items/possession.ts';
import { referenceAt } from './items/references.ts';
import { readWholeTitles } from './items/whole-titles.ts';
import { readBest } from './limits/best-of.ts';
import { readComparative, readDeniedComparatives } from './limits/comparatives.ts';
import { readPrice, readStock } from './limits/price.ts';
import { readPricedLike } from './limits/priced-like.ts';
import { readAttributes } from './limits/read-attributes.ts';
import { readMeasures } from './limits/read-measures.ts';
import { readSuperlative } from './limits/superlatives.ts';
import { readCompany } from './people/company.ts';
import { dropBearers } from './people/drop-bearers.ts';
import { nameLittleOnes, readRecipients } from './people/recipients.ts';
import { recalledIn } from './questions/about-oneself.ts';
import { readAboutShop } from './questions/about-shop.ts';
import { readComparison } from './questions/compare-items.ts';
import { readGeneralQuestion } from './questions/general-questions.ts';
import { readPopular } from './questions/popular.ts';
import { readQuestion } from './questions/questions.ts';
import { dropOldThings } from './stories/old-things.ts';
import { asksWhoAnswers, isGreeting } from './talk/greetings.ts';
import { guard, speaksToMachine } from './talk/guard.ts';
import { dropMachineWords } from './talk/machine-words.ts';
import { readBack } from './talk/read-back.ts';
import { readCount } from './talk/read-count.ts';
import { readThanks } from './talk/thanks.ts';
import { dropAllowed, dropAsides, dropUses } from './wishes/drop-asides.ts';
import { dropFrames } from './wishes/drop-frames.ts';
import { readWishes } from './wishes/read-wishes.ts';
import { readAllergies } from './without/allergies.ts';
import { readAversions } from './without/aversions.ts';
import { readNegation } from './without/negation.ts';
import { readOtherBrands } from './without/other-brands.ts';
import { readOtherSorts } from './without/other-sorts.ts';
import { readRejected } from './without/rejected-items.ts';
import { softenedAt } from './without/softeners.ts';

const longestTurn = 150;
const nothing = nothingHeard();

const changes = phrases({
  drop: `forget that | forget it | forget about that | forget about it | never mind | nevermind | scratch that |
    changed my mind | change my mind | no wait | wait no | on second thought | on second thoughts | cancel that | drop that | scrap that | strike that |
    ditch that | forget what i said | forget all that | disregard that | ignore that | scrap it | scratch it | on reflection | come to think of it | leave it |
    leave that | bin that`,
  clear: `start over | start again | start afresh | start from scratch | start fresh | begin again | reset | forget everything | clear everything |
    drop everything | scrap everything | forget it all`,
  change: 'actually | rather | instead | or rather | make that | make it | better still | better yet',
  correct: 'i mean | i meant | i meant to say',
  start: 'no | hmm | well | nope | nah | wait | sorry | oops | hang on | hold on | my mistake | my bad',
});
const others = phrases({
  others: `others | other ones | something else | anything else | different ones | a different one | another one | others please | more options |
    other options | more please | show me more | show more | more of them | any others | any other | some others | some other | other suggestions |
    different options | something different | what else do you have | what else have you got | else`,
});

/** Reads one turn; `listed` is the list that stood before it and what was spoken of since, `before` what the turn before said. */
export function readTurn(
  turn: Turn,
  listed: Pick<Reading, 'shown' | 'spoken' | 'wished'>,
  grammar: Grammar,
  earlier?: Heard,
): Heard {
  const before = earlier ?? nothingHeard();
  const { lexicon } = grammar;
  const text = withMinusSaid(guard(turn.text));
  const { tokens, isForeign } = grammar.translator.translate(tokensOf(text, longestTurn));
  const reading: Reading = {
    tokens,
    isToMachine: speaksToMachine(turn.text),
    isFirst: earlier === undefined,
    shown: listed.shown,
    spoken: listed.spoken,
    wished: listed.wished,
    asked: before.question?.item_ids ?? [],
    denies: before.without.length > 0 && before.wishes.length === 0,
    heard: nothingHeard(),
    owned: [],
    before: before.told,
    recipients: [],
    company: null,
    aversions: [],
    change: null,
  };
  if (asksWhoAnswers(tokens)) return { ...reading.heard, greets: true };
  const recalls = recalledIn(tokens);
  if (recalls) return { ...reading.heard, recalls };
  readWholeTitles(reading, grammar.titleAt, before.had.length > 0);
  bindNames(tokens, lexicon);
  readAboutShop(reading, grammar);
  if (!reading.heard.question) readAfterLatest(reading);
  if (dropMachineWords(tokens, lexicon)) reading.isToMachine = true;
  correct(reading, isForeign, grammar);
  // What was mended may be part of a name: "non stik".
  bindNames(tokens, lexicon);
  readPopular(reading, lexicon);
  dropAsides(tokens);
  nameLittleOnes(tokens, reading.shown.length > 0);
  if (readBack(reading)) return reading.heard;
  readBest(reading, lexicon);
  if (!reading.heard.question) readComparison(reading, grammar);
  readCount(reading);
  dropOldThings(tokens, lexicon);
  readChange(reading, grammar);
  readOtherBrands(reading, lexicon);
  if (!reading.heard.question) readQuestion(reading, grammar);
  goOnAsking(reading, before, grammar);
  if (!reading.heard.question) readPricedLike(reading, grammar);
  readPrice(reading, lexicon);
  readStock(reading);
  readDeniedComparatives(reading, lexicon);
  readSuperlative(reading, lexicon);
  if (!reading.heard.question) readGeneralQuestion(reading, grammar);
  if (lexicon.units.has('people')) reading.company = readCompany(tokens, lexicon);
  readMeasures(reading, grammar);
  dropBearers(reading, lexicon);
  readRejected(reading, grammar);
  readAversions(reading);
  readAllergies(reading, grammar);
  readNegation(reading, grammar);
  readComparative(reading, lexicon);
  readAttributes(reading, grammar);
  readOthers(reading);
  readPossession(reading, grammar);
  readOtherSorts(reading, lexicon);
  readPointed(reading, grammar);
  dropUses(tokens);
  reading.heard.allowed.push(...dropAllowed(tokens));
  reading.recipients = readRecipients(tokens);
  const isThanks = readThanks(reading, grammar);
  dropFrames(reading, lexicon);
  readWishes(reading, grammar);
  leaveOutOwned(reading);
  reading.heard.changes = reading.change !== null && reading.heard.wishes.length > 0;
  if (reading.isToMachine) dropStrange(reading.heard);
  const isNothing = !reading.isToMachine && isDeepStrictEqual(reading.heard, nothing);
  reading.heard.told = toldIn(reading);
  reading.heard.greets = isNothing && isGreeting(tokensOf(turn.text));
  reading.heard.leaves = isThanks && isNothing && !reading.heard.greets;
  return reading.heard;
}

/** "We get a puppy", "I am off hiking": a later turn says "he", and "out there". */
function toldIn({ recipients, tokens, before, heard }: Reading): Heard['told'] {
  const places = tokens
    .filter(({ kind, brand }) => kind === 'word' && !brand)
    .filter((token) => placesTold(token).length > 0);
  if (heard.forget) return { recipients, places };
  return {
    recipients: recipients.length > 0 ? recipients : before.recipients,
    places: places.length > 0 ? places : before.places,
  };
}

/** Beside orders to a machine, what no item has is said to it, too: nothing of it is repeated. */
function dropStrange(heard: Heard): void {
  heard.wishes = heard.wishes.filter((wish) => !isUnknown(wish, heard.unknown) && !isMere(wish));
  heard.unknown = [];
  // "My colleague said I should send you this": for nobody.
  if (heard.wishes.length === 0) heard.without = heard.without.filter(({ assumed }) => !assumed);
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

/** "actually, rather a lamp": what was wished for before holds no longer. */
function readChange(reading: Reading, { lexicon }: Grammar): void {
  const { tokens, heard } = reading;
  const first = tokens.findIndex(({ kind, taken }) => kind === 'word' && !taken);
  const soft = softenedAt(tokens, first);
  heard.softens = soft > 0;
  take(tokens, first, soft);
  heard.adds = first >= 0 && (adding.has(tokens[first].word) || endsAdding(tokens));
  heard.only = first >= 0 && choosing.has(tokens[first].word);
  for (let at = 0; at < tokens.length; at++) {
    const found = changes(tokens, at);
    const next = tokens[at + (found?.length ?? 0)];
    if (!found || next?.word === 'of' || next?.word === 'than') continue;
    if (referenceAt(tokens, at, reading, lexicon)) continue;
    // "Leave that one out": what is meant by "that" follows.
    if (found.meaning === 'drop' && pointing.has(tokens[at + found.length - 1].word) && goesOn(next))
      continue;
    // "no, …", "well, …": only at the start, and followed by a pause.
    if (found.meaning === 'start' && !(at === first && next?.kind === 'sign')) continue;
    // What stands before it in the same breath holds no longer either.
    const isDropped = found.meaning === 'drop' || found.meaning === 'clear';
    if (isDropped) take(tokens, 0, at);
    heard.forget ||= isDropped;
    heard.clears ||= found.meaning === 'clear';
    heard.corrects ||= found.meaning === 'correct';
    reading.change = tokens[at];
    take(tokens, at, found.length);
  }
}
/** "From Wuffi, *too*", "a lamp *as well*" */
function endsAdding(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ kind }) => kind === 'word').map(({ word }) => word);
  const last = words.at(-1) === 'please' ? words.slice(0, -1) : words;
  return (
    last.length > 1 &&
    (last.at(-1) === 'too' || last.at(-1) === 'also' || last.slice(-2).join(' ') === 'as well')
  );
}
const pointing = new Set(['that', 'it']);
const goesOn = (next: Token | undefined) =>
  next !== undefined && (next.word === 'one' || next.word === 'out');
const choosing = new Set(['only', 'just']);
const adding = new Set('and also plus additionally'.split(' '));

/** "And the first?" after a question asks the same of another item. */
function goOnAsking({ tokens, shown, spoken, heard }: Reading, before: Heard, { lexicon }: Grammar): void {
  const first = tokens.findIndex(({ word }) => !asideWords.has(word));
  const reference = before.question && referenceAt(tokens, first, { shown, spoken }, lexicon);
  const isAll =
    reference &&
    tokens.slice(first + reference.length).every(({ kind, word }) => kind === 'sign' || word === 'please');
  if (!reference || !isAll || first === 0 || !before.question) return;
  // What was compared is compared with it, too.
  const { item_ids, field, compares } = before.question;
  const others = compares || field === differenceOf ? item_ids : [];
  heard.question = { ...before.question, item_ids: [...new Set([...others, ...reference.ids])] };
  heard.spoken.push(...reference.ids);
  take(tokens, 0, tokens.length);
}
const asideWords = new Set('and or what how about for'.split(' '));

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
