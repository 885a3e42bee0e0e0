import type { EmbeddedItems } from '../../embedding/semantic/fit-again.ts';
import type { SemanticSettings } from '../../embedding/semantic/settings.ts';
import type { LongWork } from '../../embedding/semantic/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { topItems } from '../../evaluation/top-items.ts';
import { openQueryEncoder } from '../../opened-run/query-encoder.ts';
import { createBreathe } from '../../shared/breathe.ts';
import { rowOf } from '../../shared/matrix.ts';
import { fillerWords } from '../filler-words.ts';
import { cosinesTo } from './cosines-to.ts';
import { learnThreshold } from './learn-threshold.ts';

/** Finds items by what a text means, where it has no words in common with them. */
export interface Meaning {
  /** Whether it only knows words, so that a thing it does not know is nothing to it. */
  byWords: boolean;
  /** Items nearest to a text in meaning, best first, only those that fit. Empty: nothing fits. */
  nearest(text: string, count: number): Promise<{ item: number; cosine: number }[]>;
  close(): Promise<void>;
}

/** At least this share of the words that say something must be known to an encoder of words. */
const leastKnown = 0.5;

/**
 * Opens the semantic encoder of a run for requests. What fits is learned from the catalogue: a request must be nearer to
 * an item than words thrown together are. Null where the run keeps no encoder (see `openQueryEncoder`).
 */
export async function openMeaning(
  embedded: EmbeddedItems,
  settings: SemanticSettings,
  seed: number,
  work: LongWork = {},
): Promise<Meaning | null> {
  const encoder = await openQueryEncoder(embedded, settings, seed, work);
  if (!encoder) return null;
  const { items, vectors } = embedded;
  const { words } = encoder;
  /** What is encoded of a text; empty where it cannot fit. */
  const said = (text: string) => {
    if (!words) return text.trim();
    const telling = wordsOf(text).filter((word) => !fillerWords.has(word));
    const known = telling.filter((word) => words.has(word));
    return known.length > 0 && known.length >= leastKnown * telling.length ? known.join(' ') : '';
  };
  const cosines = async (text: string) => {
    const encoded = await encoder.encode([text]);
    return cosinesTo(vectors, rowOf(encoded, 0), createBreathe(work.signal));
  };
  const least = await learnThreshold(items, settings.fields, seed, async (text) =>
    Math.max(...(await cosines(text))),
  );
  return {
    byWords: words !== null,
    async nearest(text, count) {
      const asked = said(text);
      if (asked === '') return [];
      const all = await cosines(asked);
      return topItems(all, count).flatMap((item) =>
        all[item] >= least ? [{ item, cosine: all[item] }] : [],
      );
    },
    close: encoder.dispose,
  };
}
