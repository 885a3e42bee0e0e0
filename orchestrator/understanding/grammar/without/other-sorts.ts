import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import { emptyExclusion } from '../../intent.ts';
import { take } from '../../words/phrases.ts';
import { tokensOf } from '../../words/tokens.ts';
import type { Reading } from '../heard.ts';

const others = new Set('other different another'.split(' '));
const sorts = new Set(
  'flavour flavor taste scent fragrance smell aroma colour color variety sort version design'.split(' '),
);

/** "Which other flavours are there?", of an item that was named: things of its kind, without what tells it from them. */
export function readOtherSorts({ tokens, spoken, heard }: Reading, lexicon: Lexicon): void {
  const [id] = heard.had.length > 0 ? heard.had.slice(-1) : heard.spoken.length > 0 ? heard.spoken : spoken;
  if (id === undefined) return;
  for (let at = 0; at + 1 < tokens.length; at++) {
    const isSaid = others.has(tokens[at].word) && sorts.has(tokens[at + 1].stem);
    // "Another sort of tea" names it.
    if (!isSaid || tokens[at].taken || tokens[at + 2]?.word === 'of') continue;
    take(tokens, at, 2);
    const words = tellingWords(id, lexicon).map(lexicon.form);
    heard.kindOf.push(id);
    if (words.length > 0) heard.without.push({ ...emptyExclusion(), text: words.join(' '), words });
    return;
  }
}

/** The words of an item's title that some of its category have, and most have not: neither its brand nor a measure. */
function tellingWords(id: string, lexicon: Lexicon): string[] {
  const item = lexicon.byId.get(id);
  const category = item === undefined ? null : lexicon.categories.of(item);
  if (item === undefined || !category) return [];
  const brand = new Set(tokensOf(lexicon.items[item].brand).map(({ stem }) => stem));
  const share = (stem: string) =>
    category.items.filter((other) => includesSorted(lexicon.titles.get(stem) ?? [], other)).length /
    category.items.length;
  return [...new Set(lexicon.titleWords(item))].filter(
    (stem) => !brand.has(stem) && !category.words.has(stem) && !/\d/.test(stem) && share(stem) < 0.5,
  );
}
