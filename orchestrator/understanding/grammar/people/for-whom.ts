import type { Category } from '../../catalogue/categories.ts';
import { needsTold } from '../../words/everyday-needs.ts';
import { stemOf } from '../../words/stems.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import { type Being, wordsFor } from './beings.ts';
import type { Recipient } from './recipients.ts';

/** Stems by which the catalogue may tell that something is for a being, the said one first: toddler, baby, kid. */
export function stemsFor({ being, token }: Recipient, { beings, lexicon }: Grammar): string[] {
  const others = being === 'child' ? wordsFor(being).filter((stem) => lexicon.names.has(stem)) : [];
  return [...new Set([...(token ? [token.stem] : []), ...beings.words(being), ...others])];
}

export const isPerson = (being: Being) => being === 'man' || being === 'woman' || being === 'person';
/** Words for people in general: what is "for men" is in a category for them. */
const groups = new Set(
  'men man women woman male female ladies lady gentlemen gentleman boys girls'.split(' '),
);

/** What is given to a child is something to play with. */
export const gifts = new Set('gift gifts present presents birthday christmas santa'.split(' '));

/** Where nothing else is said: what the catalogue has for the being; of that, what serves the need that is told. */
export function categoriesFor(
  { being, token }: Recipient,
  said: readonly Token[],
  { beings }: Grammar,
): Category[] {
  const all = beings.of(being);
  const isGift = being === 'child' && said.some(({ word }) => gifts.has(word));
  const needs = new Set([
    ...said.flatMap((token) => needsTold(token) ?? []).flatMap((thing) => thing.map(stemOf)),
    ...(isGift ? ['toy', 'game', 'book'] : []),
  ]);
  // A gift for my mother is not only what the shop has for women.
  if (isPerson(being) && !(token && groups.has(token.word))) return [];
  const below = (category: Category): Category[] => [category, ...category.children.flatMap(below)];
  const serving = all.flatMap(below).filter(({ names }) => names.flat().some((stem) => needs.has(stem)));
  return serving.length > 0 ? serving : all;
}
