import { isFiller } from '../../words/filler-words.ts';
import type { Token } from '../../words/tokens.ts';
import { unitAt } from '../../words/units.ts';
import type { Grammar } from '../grammar.ts';

export interface NamedItem {
  item: number;
  /** Share of the title's words that were said, brand and measures left out. */
  share: number;
}

/** Whether some words call several items, and none of them more than the others. */
export const isAnyOf = ([best, other]: readonly NamedItem[]): boolean =>
  other !== undefined && (best.share < 1 || other.share === 1);

/** Items that some words call by name, the best covered title first; none where the noun stands in no name. */
export function namedItems(tokens: readonly Token[], { lexicon, things }: Grammar): NamedItem[] {
  const content = tokens.filter(
    ({ kind, word, brand, taken }) => kind !== 'sign' && (brand || (!taken && !isFiller(word))),
  );
  const brands = content.flatMap(({ brand }) => brand ?? []);
  const words = content.filter(({ brand }) => !brand);
  const stems = words.map(({ stem }) => stem);
  const noun = words.findLast((token) => token.kind === 'word' && !unitAt([token], 0))?.stem;
  if (!noun || !lexicon.names.has(noun)) return [];
  const { items } = things({ stems, head: noun, brands });
  return Array.from(items, (item) => ({ item, share: shareOfTitle(item) })).sort(
    (a, b) => b.share - a.share || lexicon.items[a.item].title.length - lexicon.items[b.item].title.length,
  );

  function shareOfTitle(item: number): number {
    const title = lexicon.titleWords(item);
    return title.length === 0 ? 0 : title.filter((stem) => stems.includes(stem)).length / title.length;
  }
}
