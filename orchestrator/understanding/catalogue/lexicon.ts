import type { Item } from '../../dataset/types.ts';
import { titleOf } from '../../prompts/item-text.ts';
import type { Pieces } from '../../shared/pieces.ts';
import { keysIn, measureAt } from '../words/measures.ts';
import { plain } from '../words/plain.ts';
import { type Token, tokensOf } from '../words/tokens.ts';
import { createAlternatives, type IsOneOf } from './alternatives.ts';
import { type AttributeWords, createAttributeWords } from './attribute-words.ts';
import { createBoundWords } from './bound-words.ts';
import { type Brands, createBrands } from './brands.ts';
import { createCalledWords } from './called-words.ts';
import { type Categories, createCategories } from './categories.ts';
import { add, type Postings } from './postings.ts';
import { createSayings, type Sayings } from './sayings.ts';

/** What the catalogue's own words say. All words are stems. */
export interface Lexicon {
  items: readonly Item[];
  byId: ReadonlyMap<string, number>;
  titleOf(item: number): string;
  /** The words of an item's title, its brand and measures left out. */
  titleWords(item: number): readonly string[];
  stemsOf(text: string): string[];
  /** Items by the words of their titles, their brands left out. */
  titles: Postings;
  /** Items by the words of their titles, categories and keywords. */
  names: Postings;
  /** Items by the words of their descriptions; what they say not to hold is left out. */
  texts: Postings;
  /** Items by the words that their descriptions deny: "without silicones". */
  denied: Postings;
  /** Whether two words stand next to each other in a title. */
  isBeside(first: string, second: string): boolean;
  /** How often a typed form stands in titles and names. */
  forms: Map<string, number>;
  /** The usual form of a stem: "hand" for "hands". */
  form(stem: string): string;
  knows(stem: string): boolean;
  /** Units that titles measure in: "g", "people". */
  units: ReadonlySet<string>;
  /** Items by the sizes that their titles tell: "size:l". */
  sized: Postings;
  categories: Categories;
  /** Whether things are called by a word, and not only some of them described by it. */
  callsThings(stem: string): boolean;
  /** The word without which another names nothing: "cast" of "iron" in "Cast Iron Pan". */
  boundTo(stem: string): string | null;
  isOneOf: IsOneOf;
  brands: Brands;
  sayings: Sayings;
  attributes: AttributeWords;
}

/** The start of a description says what the thing is. */
const longestText = 1000;
const mostPairs = 200_000;

export function* createLexicon(items: readonly Item[]): Pieces<Lexicon> {
  const [titles, names, texts, denials, sized]: Postings[] = Array.from({ length: 5 }, () => new Map());
  const forms = new Map<string, number>();
  const usual = new Map<string, { form: string; count: number }>();
  const sayings = createSayings();
  const categories = createCategories();
  const brands = createBrands();
  const units = new Set<string>();
  const titleWords: string[][] = [];
  const pairs = new Set<string>();
  const attributes = createAttributeWords();
  const named = (tokens: readonly Token[], item: number) => {
    for (const { word, stem } of tokens) {
      add(names, stem, item);
      const count = (forms.get(word) ?? 0) + 1;
      forms.set(word, count);
      if (count > (usual.get(stem)?.count ?? 0)) usual.set(stem, { form: word, count });
    }
  };
  const byId = new Map<string, number>();
  for (const [at, item] of items.entries()) {
    byId.set(item.item_id, at);
    const title = withoutBrand(tokensOf(titleOf(item)), words(tokensOf(item.brand)));
    const others = [item.categories.join(' / '), ...item.keywords].map((text) => tokensOf(text));
    const text = tokensOf(item.description.slice(0, longestText));
    for (const { stem } of words(title)) add(titles, stem, at);
    for (const part of [title, ...others]) {
      named(words(part), at);
      sayings.readName(part);
    }
    const denied = sayings.readText(text);
    for (const [place, { kind, stem }] of text.entries())
      if (kind !== 'sign') add(denied.has(place) ? denials : texts, stem, at);
    for (const key of keysIn(title)) {
      units.add(key.split(':')[0]);
      add(sized, key, at);
    }
    titleWords.push(withoutMeasures(title));
    for (const [place, stem] of titleWords[at].entries())
      if (place > 0 && pairs.size < mostPairs) pairs.add(`${titleWords[at][place - 1]} ${stem}`);
    categories.add(item.categories, at);
    brands.add(item.brand, at);
    for (const { word } of words(tokensOf(item.brand))) forms.set(word, (forms.get(word) ?? 0) + 1);
    attributes.add(item.attributes ?? {});
    yield;
  }
  return {
    items,
    byId,
    titleWords: (item) => titleWords[item] ?? [],
    titleOf: (item) => titleOf(items[item]),
    stemsOf: (text) => words(tokensOf(text)).map(({ stem }) => stem),
    titles,
    names,
    texts,
    denied: denials,
    isBeside: (first, second) => pairs.has(`${first} ${second}`),
    forms,
    units,
    sized,
    categories,
    callsThings: createCalledWords(categories, titles, (item) => titleWords[item]),
    boundTo: createBoundWords(
      categories,
      { titles, names },
      {
        wordsOf: (item) => titleWords[item],
        wholeOf: (item) => tokensOf(titleOf(items[item])).map(({ stem }) => stem),
      },
    ),
    isOneOf: createAlternatives(categories, titles),
    brands,
    sayings,
    attributes,
    form: (stem) => usual.get(stem)?.form ?? plain(stem),
    knows: (stem) => names.has(stem) || texts.has(stem),
  };
}

const words = (tokens: readonly Token[]) => tokens.filter(({ kind }) => kind !== 'sign');

/** "Tea Harbour Wok" is no tea. */
function withoutBrand(title: readonly Token[], brand: readonly Token[]): Token[] {
  const starts = brand.length > 0 && brand.every(({ word }, at) => words(title)[at]?.word === word);
  const last = starts ? words(title)[brand.length - 1] : null;
  const rest = last ? title.slice(title.indexOf(last) + 1) : [];
  return rest.length > 0 ? rest : [...title];
}

function withoutMeasures(title: readonly Token[]): string[] {
  const stems: string[] = [];
  for (let at = 0; at < title.length; at++) {
    const measure = measureAt(title, at);
    if (measure) at += measure.length - 1;
    else if (title[at].kind !== 'sign') stems.push(title[at].stem);
  }
  return stems;
}
