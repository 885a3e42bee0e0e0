import type MiniSearch from 'minisearch';
import type { Dataset } from '../../dataset/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { soldOutLast } from '../../shared/sold-out.ts';
import { isFiller } from '../../understanding/index.ts';
import { cardOf } from '../cards.ts';
import type { FoundItems } from '../contract/items.ts';
import type { FittingText } from '../conversation/fit-text.ts';
import { type ItemLinker, looksLikeId } from '../link-items.ts';
import { popularItems } from '../popular/popular-items.ts';
import type { ItemFields } from '../rules/item-fields.ts';

export interface FinderParts {
  dataset: Dataset;
  /** What is popular counts the events of so many days: `evaluation.recent_days`. */
  recentDays: number;
  fields: ItemFields;
  linker: ItemLinker;
  textIndex(): MiniSearch;
  /** Null in a run that reads no texts: it finds by what was typed alone. */
  fitText: ((text: string) => Promise<FittingText>) | null;
  /** Of the allowed items, those that are available. */
  offered(allowed: ReadonlySet<number> | null): ReadonlySet<number> | null;
}

/** Item numbers, best first. */
interface Found {
  found: readonly number[];
  understood: FoundItems['understood'];
}

/**
 * Finds all items for the text of a search field, as far as it is typed. What is understood as in chat comes first; where
 * words are missing from the catalogue, the last of them may be unfinished; at last, spelling is guessed. What is sold out
 * stands behind all others, unless an order was asked for. What is called just so stands first; an id of letters and digits
 * finds its item alone.
 */
export function createFinder({
  dataset,
  recentDays,
  fields,
  linker,
  textIndex,
  fitText,
  offered,
}: FinderParts): (text: string, limit: number) => Promise<FoundItems> {
  const { items } = dataset;
  let popularity: Float64Array | undefined;
  const popular = () => {
    popularity ??= popularItems(dataset, recentDays).scores;
    return popularity;
  };
  const typedSoFar = (typed: string) => {
    const all = [...new Set(wordsOf(typed))];
    // "The" alone may become "thermos".
    const words = all.length > 1 ? all.filter((word) => !isFiller(word)) : all;
    if (words.length === 0) return [];
    const found = textIndex().search(words.join(' '), {
      tokenize: (text) => text.split(' '),
      fields: ['title', 'brand', 'kinds', 'item_id'],
      boost: { title: 3, item_id: 3 },
      prefix: (_, at, all) => at === all.length - 1,
      combineWith: 'AND',
    });
    return found.map(({ id }) => id as number);
  };
  const spelledLike = (typed: string) =>
    typed ? linker.search(typed, items.length).map(({ item }) => item) : [];
  const inStockFirst = (found: readonly number[]) => soldOutLast(found, fields.isSoldOut);
  /** What was understood is told only where it found the items, or nothing did. */
  const search = (text: string, fitted: FittingText | null): Found => {
    const isOrdered = fitted?.lanes.some(({ order }) => order) ?? false;
    const understood = fitted?.understood ?? null;
    const allowed = fitted?.allowed ?? offered(null);
    const isOpen = (item: number) => allowed?.has(item) ?? true;
    const fits = fitted ? rankFitting(fitted, popular()).filter(isOpen) : [];
    const fitting = { found: isOrdered ? fits : inStockFirst(fits), understood };
    if (fitted?.isWhole && fits.length > 0) return fitting;
    const typed = fitted?.typed ?? text;
    const open = (some: number[]) => inStockFirst(some.filter(isOpen));
    const begun = open(typedSoFar(typed));
    if (begun.length > 0) return { found: begun, understood: null };
    if (fits.length > 0) return fitting;
    const guessed = open(spelledLike(typed));
    const spelled = understood && { ...understood, says: [...understood.says, 'Spelled like it:'] };
    return { found: guessed, understood: guessed.length > 0 ? spelled : understood };
  };
  const isId = (text: string, named: readonly number[]) =>
    looksLikeId(text) && named.some((item) => items[item].item_id.toLowerCase() === text.toLowerCase());
  /** A title may read as something else: "No Rinse Shampoo". Then its words alone are looked for. */
  const behindNamed = (text: string, named: readonly number[], searched: Found): Found => {
    const all = new Set(searched.found);
    const isRead = named.every((item) => all.has(item));
    const { found, understood } = isRead ? searched : search(text, null);
    return { found: [...new Set([...named, ...found])], understood };
  };
  return async (text, limit) => {
    const open = offered(null);
    const named = linker.named(text).filter((item) => open?.has(item) ?? true);
    const { found, understood } = isId(text.trim(), named)
      ? { found: named, understood: null }
      : behindNamed(text, named, search(text, (await fitText?.(text)) ?? null));
    return {
      count: found.length,
      data: found.slice(0, limit).map((item) => cardOf(items[item])),
      understood,
    };
  };
}

/** Level by level, the popular first, or by the order; several wishes take turns. */
function rankFitting({ lanes }: FittingText, popularity: Float64Array): number[] {
  const lists = lanes.map(({ levels, order }) => {
    const by = (a: number, b: number) => popularity[b] - popularity[a] || a - b;
    const ranked = levels.flatMap((level) => [...level].sort(by));
    return order ? ranked.sort((a, b) => order[a] - order[b]) : ranked;
  });
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const found = new Set<number>();
  for (let place = 0; place < longest; place++)
    for (const list of lists) if (place < list.length) found.add(list[place]);
  return [...found];
}
