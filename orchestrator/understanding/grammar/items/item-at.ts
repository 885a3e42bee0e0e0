import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { isAnyOf, namedItems } from './named-items.ts';

/** Share of a title that has to be said where no brand is: "like that tent" means no item. */
const leastNamed = 0.6;

/** Items that are named at a place, several where nothing tells which, and the place behind their names. */
export interface NamedAt {
  ids: string[];
  end: number;
}

/**
 * Items by their names at a place: a whole title, or words behind "the" or a brand, up to the first that `ends` it; of
 * several, those that were shown. What "the Wuffi ones" are, was said before `lead`.
 */
export function itemAt(
  at: number,
  lead: number,
  ends: (at: number) => boolean,
  { tokens, shown }: Pick<Reading, 'tokens' | 'shown'>,
  grammar: Grammar,
): NamedAt | null {
  const { lexicon, titleAt } = grammar;
  const start = tokens[at]?.word === 'the' ? at + 1 : at;
  const title = titleAt(tokens, start);
  if (title) return { ids: [title.id], end: start + title.length };
  // "I would like to treat him to a knife", "like a tent": no item is meant.
  if (start === at && !tokens[start]?.brand) return null;
  const end = scopeEnd(tokens, start, ends);
  const scope = tokens.slice(start, end);
  const isOne = /^ones?$/.test(scope.at(-1)?.word ?? '');
  const thing = tokens.slice(0, lead).filter(({ stem, brand }) => !brand && lexicon.names.has(stem));
  const named = namedItems(isOne ? [...thing, ...scope] : scope, grammar);
  const isNamed = scope.some(({ brand }) => brand) || (named[0]?.share ?? 0) >= leastNamed;
  if (!isNamed || named.length === 0) return null;
  const ids = named.map(({ item }) => lexicon.items[item].item_id);
  if (!isAnyOf(named)) return { ids: ids.slice(0, 1), end };
  const listed = ids.filter((id) => shown.includes(id));
  return { ids: listed.length > 0 ? listed : ids, end };
}

function scopeEnd(tokens: readonly Token[], from: number, ends: (at: number) => boolean): number {
  const end = tokens.findIndex(
    ({ kind, word, bound, taken, brand }, at) =>
      at >= from && !bound && !brand && ((kind === 'sign' && !'&%/'.includes(word)) || taken || ends(at)),
  );
  return end < 0 ? tokens.length : end;
}
