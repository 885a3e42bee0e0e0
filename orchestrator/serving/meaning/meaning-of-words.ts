import type { EmbeddedItems } from '../../embedding/semantic/fit-again.ts';
import type { TextBatchEncoder } from '../../embedding/semantic/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { topItems } from '../../evaluation/top-items.ts';
import { rowOf } from '../../shared/matrix.ts';
import { isFiller } from '../../understanding/index.ts';
import { productsWith } from '../related/products-with.ts';
import { leastOf, thrownTogether } from './least-of-nonsense.ts';
import type { Meaning } from './meaning.ts';

/** At least this share of the words of a request that say something must be known. */
const leastKnown = 0.5;

/**
 * What fits for an encoder that knows only the words of the catalogue (`lsa`): at least half of a request
 * must be known, and it must not be farther from all items than words thrown together are.
 */
export async function meaningOfWords(
  { items, vectors }: EmbeddedItems,
  seed: number,
  given: { encode: TextBatchEncoder; words: ReadonlySet<string>; breathe: () => Promise<void> },
): Promise<Meaning['nearest']> {
  const { encode, words, breathe } = given;
  const cosines = async (text: string) => productsWith(vectors, rowOf(await encode([text]), 0), breathe);
  const reached: number[] = [];
  for (const text of thrownTogether(items, seed, [1, 3])) {
    reached.push((await cosines(text)).reduce((a, b) => Math.max(a, b), 0));
    await breathe();
  }
  const least = leastOf(reached);
  return async (text, count) => {
    const telling = wordsOf(text).filter((word) => !isFiller(word));
    const known = telling.filter((word) => words.has(word));
    if (known.length === 0 || known.length < leastKnown * telling.length) return [];
    const all = await cosines(known.join(' '));
    return topItems(all, count).flatMap((item) => (all[item] >= least ? [{ item, cosine: all[item] }] : []));
  };
}
