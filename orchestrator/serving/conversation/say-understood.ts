import { plainText, shorten } from '../../prompts/item-text.ts';
import {
  type Exclusion,
  elsewhere,
  type Intent,
  isAboutShop,
  type Limit,
  orderField,
  orderText,
  type Superlative,
  type Wish,
} from '../../understanding/intent.ts';
import { besideText } from '../../understanding/parts.ts';
import type { ItemCard } from '../contract/items.ts';
import { answersOf } from './say-compared.ts';
import type { AskedCard } from './say-facts.ts';
import { sayNoLatest } from './say-recalled.ts';
import { sayUntold, stillUntold, type Untold } from './say-untold.ts';

/** What words are made from. */
export interface Sayable {
  intent: Intent;
  missing: readonly Wish[];
  partial: readonly Wish[];
  /** Limits on what the data do not say. */
  unknownLimits: readonly Limit[];
  /** A mere "cheaper" than what was shown, where nothing else is. */
  aside: Limit | null;
  /** An order by a fact of which nothing that fits tells anything. */
  unordered: Superlative | null;
  /** Oldest first. */
  history: readonly ItemCard[];
  liked: readonly ItemCard[];
  /** What was ruled out, and what no item says anything of. */
  untold: readonly Untold[];
  /** The items that a question is about. */
  asked: readonly AskedCard[];
  isPopular: boolean;
  /** Nothing fits; what is listed first is of the kind that was asked for. */
  isNear: boolean;
  /** Nothing that is left is like what it should be like. */
  isUnlike: boolean;
  isEmpty: boolean;
  /** Whether anything was read from the text, or there is nothing in it to read. */
  isUnderstood: boolean;
  /** Whether the text is in another language than those that are understood. */
  isForeign: boolean;
  /** Whether the person said these words in the conversation. */
  isSaid(text: string): boolean;
  /** Whether a text has words of the language or of the catalogue, or letters only. */
  hasWords(text: string): boolean;
}

const [shownItem, shownItems] = ['that one', 'those shown'];
const longestSaid = 80;
const longestTitle = 60;
const mostUnknown = 3;
const mostNamed = 2;

/** What was understood, what does not fit and what is not known, in sentences; the last one leads to the list. */
export function sayUnderstood(said: Sayable): string[] {
  const { intent, missing, partial, unknownLimits, asked, isForeign, isUnderstood } = said;
  const rest = conditionsOf(said);
  const found = missing.length < intent.wishes.length;
  const isWhole = isUnderstood && missing.length === 0 && intent.unknown.length === 0;
  const foreign =
    isForeign && !isWhole ? ['Of other languages than English only some words are understood.'] : [];
  if (!isUnderstood)
    return [...foreign, 'I did not understand that: nothing in the catalogue matches.', leadOf(said, '')];
  // What is read from a text in another language is guessed: its words are not said back.
  if (isForeign && !found && !isWhole)
    return [...foreign, 'Nothing in the catalogue matches this text.', leadOf(said, rest)];
  return [
    ...foreign,
    ...ofTheShop(intent),
    ...mendedIn(intent),
    ...unreadIn(intent),
    ...fallenIn(intent),
    ...[...unknownLimits, ...(said.unordered ? [said.unordered] : [])].map(notKnown),
    ...(found ? unknownIn(said) : []),
    ...sayUntold(said.untold, allMarked),
    ...(said.aside ? [nothingElse(said.aside)] : []),
    // What nobody named, but was thought of for a gift, needs no regret beside what was found.
    ...(found ? missing.filter(({ text }) => said.isSaid(text)) : missing).map(
      (wish) => `Nothing in the catalogue matches ${named(wish, said)}${rest && `, ${rest}`}.`,
    ),
    ...partial.map((wish) => `Nothing has all of ${marked(wishText(wish))}.`),
    ...examplesIn(said),
    ...(intent.after_latest && said.history.length === 0 ? [sayNoLatest] : []),
    ...(intent.question && asked.length > 0 ? answersOf(intent.question, asked) : [leadOf(said, rest)]),
  ];
}

/** The data are about items. */
export function ofTheShop({ question }: Intent): string[] {
  if (!question || !isAboutShop(question)) return [];
  if (question.field === elsewhere)
    return ['That is not what the data of this shop can answer: they tell of its items alone.'];
  return [`The data of this shop say nothing about ${question.field}: please ask the shop itself.`];
}

function unreadIn({ unread }: Intent): string[] {
  return unread.length > 0 ? [`Not understood: ${listed(unread.map(marked))}.`] : [];
}

/** What was said of another wish is not left out without a word. */
function fallenIn({ no_longer = [] }: Intent): string[] {
  return no_longer.length > 0 ? [`No longer: ${listed(no_longer.map(clean))}.`] : [];
}

function mendedIn({ mended }: Intent): string[] {
  return mended.length > 0 ? [`Showing ${mended.map(({ to }) => marked(to)).join(', ')}.`] : [];
}

/** Real words that no item has are named; mere letters are not said back. */
function unknownIn({ intent: { unknown }, hasWords }: Sayable): string[] {
  const words = unknown.filter(hasWords).slice(0, mostUnknown);
  if (words.length > 0) return [`Nothing here is called ${listed(words.map(marked))}.`];
  return unknown.length > 0 ? ['Some words were not understood.'] : [];
}

function leadOf(said: Sayable, rest: string): string {
  const { intent, missing, partial, liked, history, isPopular, isEmpty, isUnderstood } = said;
  const found = intent.wishes.filter((wish) => !missing.includes(wish));
  const isLeft = !isUnderstood || (missing.length > 0 && found.length === 0);
  if (isEmpty)
    return isLeft ? 'There is nothing else with these conditions.' : 'Nothing in the catalogue fulfils that.';
  if (isLeft && said.isNear) return 'Nearest to it:';
  if (isLeft) return isPopular ? 'Popular instead:' : 'Likely instead:';
  // What nothing has all of was named before.
  const isNearest = found.length > 0 && found.every((wish) => partial.includes(wish));
  const wished = isNearest ? 'nearest' : listed(found.map((wish) => clean(wishText(wish))));
  if (said.isUnlike && liked.length > 0)
    return `Nothing${rest && ` ${rest}`} is like ${titles(liked)}. ${isPopular ? 'Popular' : 'Likely'} instead:`;
  const like = liked.length > 0 ? `like ${titles(liked)}` : '';
  const had = history.filter(({ item_id }) => !liked.some((card) => card.item_id === item_id));
  const subject = [wished, like].filter(Boolean).join(' ');
  // Beside a wish, what was had only orders the list, where it was not asked for; beside another order, not even that.
  const goesOn = intent.after_latest || (subject === '' && intent.order !== 'popular');
  const after = had.length > 0 && goesOn ? `after ${titles(had)}` : '';
  const all = [subject || (rest && !after ? 'items' : ''), rest, after].filter(Boolean).join(', ');
  return `${capital(all || (isPopular ? 'popular' : 'likely'))}:`;
}

/** Where the list goes on from what somebody has, of which only the kind was said. */
function examplesIn({ intent, history }: Sayable): string[] {
  const examples = history.filter(({ item_id }) => intent.examples?.includes(item_id));
  if (examples.length === 0 || intent.wishes.length + intent.liked.length > 0) return [];
  const [which, are] =
    examples.length > 1 ? ['Which ones', 'serve as examples'] : ['Which one', 'serves as an example'];
  return [`${which} you have was not said: ${titles(examples)} ${are}.`];
}

/** Mere letters are not said back. */
function named(wish: Wish, { hasWords }: Sayable): string {
  return hasWords(wish.text) ? marked(wishText(wish)) : 'that';
}

/** Also with its brand and its measures. */
function wishText(wish: Wish): string {
  const { text, measures, guessed = [] } = wish;
  const has = (part: string) => text.toLowerCase().includes(part.toLowerCase());
  const brands = listed(besideText(wish), 'or');
  const sizes = measures
    .filter((measure) => !has(measure))
    .map((measure) => `, ${measure}${guessed.includes(measure) ? ' (a guess)' : ''}`);
  return [text, brands && ` by ${brands}`, ...sizes].join('');
}

/** "without *squeaky*, under 50 €, cheapest first" */
function conditionsOf({ intent, unknownLimits, unordered, untold }: Sayable): string {
  const { without, limits, order } = intent;
  const known = limits.filter((limit) => !unknownLimits.includes(limit)).map(({ text }) => clean(text));
  // What follows from what was said, without being said, needs no words: a gift for a woman is none for dogs.
  const spoken = without.filter((each) => !each.assumed && !untold.some(({ excluded }) => excluded === each));
  const all = new Set(spoken.map(exclusionText).filter(Boolean));
  // That one was shown, too.
  if (all.has(shownItems)) all.delete(shownItem);
  const left = [...all];
  return [
    ...(left.length > 0 ? [`without ${listed(left)}`] : []),
    ...stillUntold(untold, allMarked),
    ...known,
    ...(order && order !== unordered && !unknownLimits.some(({ field }) => field === orderField(order))
      ? [orderText(order)]
      : []),
  ].join(', ');
}

function exclusionText({ text, item_ids }: Exclusion): string {
  if (item_ids.length > 0) return item_ids.length > 1 ? shownItems : shownItem;
  return marked(text.replace(/^(?:not?|without|nothing from|except) /i, ''));
}

function nothingElse({ max }: Limit): string {
  return `Nothing else that fits is ${max === null ? 'more expensive' : 'cheaper'} than what was shown.`;
}

function notKnown({ field, text }: Pick<Limit, 'field' | 'text'>): string {
  const fact =
    field === 'price' ? 'Prices are' : field === 'stock' ? 'Stock is' : `${capital(clean(field))} is`;
  return `${fact} unknown here: “${clean(text)}” is left aside.`;
}

/** The latest, and how many other items there are besides, however often each; two are both named. */
function titles(cards: readonly ItemCard[]): string {
  const latestFirst = cards.toReversed().map((card) => [card.item_id, titleOf(card)] as const);
  const all = [...new Map(latestFirst).values()];
  if (all.length <= mostNamed) return listed(all.reverse());
  return `${titleOf(cards[cards.length - 1])} and ${all.length - 1} others`;
}

const titleOf = ({ title }: ItemCard) => shorten(title, longestTitle);

/** "a, b and c" */
function listed(texts: readonly string[], joining = 'and'): string {
  return [texts.slice(0, -1).join(', '), texts.at(-1)].filter(Boolean).join(` ${joining} `);
}

const allMarked = (texts: readonly string[]) => listed(texts.map(marked));

function marked(text: string): string {
  return `*${clean(text)}*`;
}

function clean(text: string): string {
  return shorten(plainText(text).replaceAll('*', ''), longestSaid);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
