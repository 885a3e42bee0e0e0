import { wordsOf } from '../../embedding/semantic/words.ts';
import { plainText, shorten } from '../../prompts/item-text.ts';
import { differenceOf, type Intent, isAboutShop } from '../intent.ts';
import type { CatalogueFacts, Names } from './catalogue-facts.ts';
import { claims } from './claims.ts';

export interface Heard {
  /** All that the person wrote. */
  said: string;
  /** What rules understood. */
  rules: Intent;
  /** Ids of the items that were shown or understood so far: an answer can mean no others. */
  ids: ReadonlySet<string>;
}

const longestText = 120;
const mostNames = 20;
/** Of these, rules speak even where no item has them: that a price is unknown is worth saying. */
const usualFields = ['price', 'stock', 'brand', 'category', 'size', 'color'];

/**
 * What is left of a language model's intent when all that the catalogue or the conversation does not have is taken out.
 * Texts are on one line, without markup.
 */
export function checkIntent(asked: Intent, facts: CatalogueFacts, { said, rules, ids }: Heard): Intent {
  const saidWords = new Set(wordsOf(said));
  const wasSaid = (word: string) => saidWords.has(word.toLowerCase());
  const known = (list: readonly string[]) => unique(list.filter((id) => ids.has(id) && facts.titleOf(id)));
  const words = (list: readonly string[]) => unique(list.flatMap(wordsOf));
  const field = (name: string) =>
    facts.attributes.find(name) ?? usualFields.find((usual) => usual === name.toLowerCase());
  /** What people read says nothing of the model's own. */
  const textOf = ({ text }: { text: string }, given = '') => {
    const line = oneLine(text);
    return claims(line, said, JSON.stringify(rules), given) ? '' : line;
  };
  /** What the rules guessed stays a guess. */
  const guessedOf = (measures: readonly string[]) => {
    const guesses = rules.wishes.flatMap(({ guessed = [] }) => guessed);
    const guessed = measures.filter((measure) => guesses.includes(measure));
    return guessed.length > 0 ? { guessed } : {};
  };
  const missing: string[] = [];
  // A thing that the catalogue does not have is an answer, too: the wish keeps it, and it is unknown.
  const things = new Set(
    rules.wishes.flatMap((wish) => wish.words).filter((word) => rules.unknown.includes(word)),
  );

  const wishes = asked.wishes.flatMap((wish) => {
    const { categories, brands } = namesIn(wish, facts);
    const all = words(wish.words);
    missing.push(...all.filter((word) => !facts.hasWord(word) && wasSaid(word)));
    const kept = all.filter((word) => facts.hasWord(word) || things.has(word));
    const measures = texts(wish.measures).filter((measure) => wordsOf(measure).some(wasSaid));
    const text = textOf(wish) || [...brands, ...kept].join(' ');
    const isEmpty = [categories, brands, kept, measures].every(({ length }) => length === 0);
    // Words that no item has can still be near to some in meaning, if they are the person's own.
    return text && (!isEmpty || wordsOf(text).some(wasSaid))
      ? [{ text, categories, brands, words: kept, measures, ...guessedOf(measures) }]
      : [];
  });
  const without = asked.without.flatMap((exclusion) => {
    const { categories, brands } = namesIn(exclusion, facts);
    const given = { categories, brands, words: words(exclusion.words), item_ids: known(exclusion.item_ids) };
    const text = textOf(exclusion) || [...brands, ...given.words].join(' ');
    const rule = rules.without.find((each) => each.text === text);
    if (rule?.stays) return [];
    return Object.values(given).some(({ length }) => length > 0)
      ? [{ text, ...given, ...(rule?.assumed ? { assumed: true } : {}) }]
      : [];
  });
  // What somebody does not bear is never forgotten.
  without.push(...rules.without.filter(({ stays }) => stays));
  const limits = asked.limits.flatMap(({ text, field: name, min, max, values: named }) => {
    const own = field(name);
    const values = unique(named.flatMap((value) => (own && asWritten(own, value, facts)) ?? []));
    const isRange = min !== null || max !== null;
    const isSound = isRange ? (min ?? -Infinity) <= (max ?? Infinity) : values.length > 0;
    if (!own || !isSound) return [];
    // What the rules say of the same limit beside its range: that it compares with an item.
    const known = rules.limits.find((each) => each.field === own && each.min === min && each.max === max);
    const told = known?.guessed ? known.text : textOf({ text }, `${min} ${max}`) || own;
    return [{ ...known, text: told, field: own, min, max, values }];
  });
  return {
    wishes,
    without,
    limits,
    order: isByFact(rules.order) ? rules.order : orderOf(asked),
    count: asked.count,
    had: known(asked.had),
    ...(rules.examples ? { examples: rules.examples.filter((id) => asked.had.includes(id)) } : {}),
    liked: known(asked.liked),
    question: questionOf(),
    mended: asked.mended.flatMap(({ from, to }) =>
      wordsOf(from).some(wasSaid) && wordsOf(to).every(facts.hasWord) && oneLine(to)
        ? [{ from: oneLine(from), to: oneLine(to) }]
        : [],
    ),
    unknown: unique([
      ...words(asked.unknown).filter((word) => wasSaid(word) && !facts.hasWord(word)),
      ...missing,
    ]),
    unread: rules.unread,
    ...(rules.no_longer ? { no_longer: rules.no_longer } : {}),
    ...(rules.after_latest ? { after_latest: true } : {}),
  };

  function questionOf(): Intent['question'] {
    if (isAboutShop(rules.question) || compares(rules.question) || rules.question?.asked)
      return rules.question;
    const named = asked.question && field(asked.question.field);
    const item_ids = known(asked.question?.item_ids ?? []);
    return named && item_ids.length > 0 ? { item_ids, field: named } : null;
  }
}

/** What compares items, the rules say. */
const compares = (question: Intent['question']) =>
  question !== null && (question.compares !== undefined || question.field === differenceOf);

/** By which fact things are put in order, the rules say. */
const isByFact = (order: Intent['order']) => typeof order === 'object' || order === 'popular';
const orderOf = ({ order }: Intent) => (typeof order === 'string' ? order : null);

/** Whether an intent asks for anything at all. */
export function asksNothing({ wishes, without, limits, order, had, liked, question }: Intent): boolean {
  return [wishes, without, limits, had, liked].every(({ length }) => length === 0) && !order && !question;
}

function namesIn({ categories, brands }: { categories: string[]; brands: string[] }, facts: CatalogueFacts) {
  const found = (list: readonly string[], names: Names) =>
    unique(list.flatMap((name) => names.find(name) ?? []));
  return { categories: found(categories, facts.categories), brands: found(brands, facts.brands) };
}

function asWritten(field: string, value: string, facts: CatalogueFacts): string | undefined {
  if (field === 'brand') return facts.brands.find(value);
  if (field === 'category') return facts.categories.find(value);
  return facts.valueOf(field, value);
}

function texts(list: readonly string[]): string[] {
  return unique(list.map(oneLine).filter(Boolean));
}

function oneLine(text: string): string {
  return shorten(plainText(text), longestText);
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)].slice(0, mostNames);
}
