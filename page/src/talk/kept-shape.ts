import type { ItemCard, RecommendedItem, Why } from '../../../orchestrator/serving/contract/items.ts';
import type { Understood } from '../../../orchestrator/serving/contract/understood.ts';
import type { Customer, Removed } from './memory.ts';
import type { Answered, Earlier, Part, Turn } from './turn.ts';

/** What a reload of the tab does not forget. */
export interface Kept {
  began: { who: Customer | null } | null;
  history: readonly ItemCard[];
  likes: readonly ItemCard[];
  dislikes: readonly ItemCard[];
  removed: readonly Removed[];
  turns: readonly Turn[];
}

type Check = (value: unknown) => boolean;

/** Whether everything that the page reads of it is there: a browser's storage is written by anybody. */
export function isKept(value: unknown): value is Kept {
  return withFields<Kept>({
    began: orNull(isBeginning),
    history: cards,
    likes: cards,
    dislikes: cards,
    removed: listOf(withFields<Removed>({ key: isText, turn: isNumber })),
    turns: listOf(isTurn),
  })(value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isTruth: Check = (value) => typeof value === 'boolean';
const isTrue: Check = (value) => value === true;
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.some((each) => each === value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const ifAny =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const texts = listOf(isText);

/** A record whose fields hold what they have to; the compiler finds a field that is forgotten. */
function withFields<T>(fields: { [K in keyof T]-?: Check }): Check {
  return (value) =>
    isRecord(value) && Object.entries<Check>(fields).every(([name, check]) => check(value[name]));
}

const cardFields: { [K in keyof ItemCard]-?: Check } = {
  item_id: isText,
  title: isText,
  brand: ifAny(isText),
  categories: ifAny(texts),
  attributes: ifAny(isRecord),
};
const isCard = withFields<ItemCard>(cardFields);
const cards = listOf(isCard);

const kindsOfWhy: Record<Why['kind'], Check> = {
  words: withFields<Why & { kind: 'words' }>({ kind: isText, words: texts }),
  follows: withFields<Why & { kind: 'follows' }>({ kind: isText, item: isCard }),
  meaning: isRecord,
  near: isRecord,
  again: isRecord,
  'often-next': isRecord,
  popular: isRecord,
  listed: isRecord,
};
const isWhy: Check = (value) =>
  isRecord(value) && Object.entries(kindsOfWhy).some(([kind, check]) => kind === value.kind && check(value));

const isRecommended = withFields<RecommendedItem>({
  ...cardFields,
  score: isNumber,
  boost: ifAny(isNumber),
  cold: ifAny(isTrue),
  matched: isTruth,
  why: ifAny(isWhy),
  wish: ifAny(isNumber),
  code: texts,
});

const isPart = withFields<Part>({
  key: isText,
  kind: isText,
  text: isText,
  guessed: ifAny(isTruth),
  aside: ifAny(isTruth),
});

/** Of an intent the page reads these alone. */
const isIntent = withFields<Pick<Understood['intent'], 'wishes' | 'had' | 'examples'>>({
  wishes: listOf(withFields<Pick<Understood['intent']['wishes'][number], 'text'>>({ text: isText })),
  had: texts,
  examples: ifAny(texts),
});

const answerFields: { [K in keyof Answered]-?: Check } = {
  from: cards,
  items: listOf(isRecommended),
  understood: orNull(withFields<Understood>({ parts: listOf(isPart), intent: isIntent, says: texts })),
  isPopular: isTruth,
  said: isText,
  notes: texts,
};

const isTurn = withFields<Turn>({
  ...answerFields,
  id: isNumber,
  question: orNull(isText),
  had: texts,
  earlier: listOf(
    withFields<Earlier>({ part: isPart, answer: withFields<Answered>(answerFields), forgotten: cards }),
  ),
  state: oneOf(['answering', 'done', 'failed'] satisfies Turn['state'][]),
  error: orNull(isText),
});

const isBeginning = withFields<{ who: Customer | null }>({
  who: orNull(withFields<Customer>({ name: isText, taste: isText, history: cards })),
});
