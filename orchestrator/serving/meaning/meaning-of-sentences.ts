import { fieldEncoder } from '../../embedding/semantic/field-encoder.ts';
import type { EmbeddedItems } from '../../embedding/semantic/fit-again.ts';
import type { TextBatchEncoder } from '../../embedding/semantic/types.ts';
import { topItems } from '../../evaluation/top-items.ts';
import { rowOf } from '../../shared/matrix.ts';
import { encodeCategories } from './category-vectors.ts';
import { cosinesTo } from './cosines-to.ts';
import { leastOfNonsense } from './least-of-nonsense.ts';
import type { Meaning } from './meaning.ts';
import { otherKinds } from './other-kinds.ts';
import { standardised } from './standardised.ts';

/** How much it counts against the items that a kind of things describes a request; chosen on made-up requests. */
const weightOfKinds = 0.5;
/** Enough items to know how near a catalogue is to anything. */
const mostSampled = 500;

/**
 * What fits for an encoder of sentences, which finds something near for every text. An item leads by how much nearer it is
 * than items usually are to kinds of things, less a part of how well one of these kinds describes the request (both in
 * standard deviations: encoders and catalogues spread cosines differently). How far it must lead is learned from words of
 * the catalogue thrown together.
 */
export async function meaningOfSentences(
  { items, vectors }: EmbeddedItems,
  seed: number,
  { encode, breathe }: { encode: TextBatchEncoder; breathe: () => Promise<void> },
): Promise<Meaning['nearest']> {
  const kinds = await fieldEncoder(encode)(otherKinds.map((kind) => [kind]));
  const categories = await encodeCategories(items, encode);
  /** An item's own texts say what it is like, its category what it is: the mean of both tells best what fits. */
  const scoresOf = async (vector: Float32Array, cosines: Float32Array) => {
    if (!categories) return cosines;
    const near = await cosinesTo(categories.vectors, vector, breathe);
    return cosines.map((cosine, item) => {
      const category = categories.of[item];
      return category < 0 ? cosine : (cosine + near[category]) / 2;
    });
  };
  const step = Math.ceil(items.length / mostSampled);
  const usual = { items: [] as number[], kinds: [] as number[] };
  for (let kind = 0; kind < kinds.rows; kind++) {
    const vector = rowOf(kinds, kind);
    const scores = await scoresOf(vector, await cosinesTo(vectors, vector, breathe));
    usual.items.push(...scores.filter((_, item) => item % step === 0));
    usual.kinds.push(...(await cosinesTo(kinds, vector, breathe)).filter((_, other) => other !== kind));
    await breathe();
  }
  const [ofItems, ofKinds] = [standardised(usual.items), standardised(usual.kinds)];
  /** Cosine to each item, and by how much each leads. */
  const leadsOf = async (text: string) => {
    const vector = rowOf(await encode([text]), 0);
    const cosines = await cosinesTo(vectors, vector, breathe);
    const scores = await scoresOf(vector, cosines);
    const described = ofKinds(largest(await cosinesTo(kinds, vector, breathe)));
    return { cosines, leads: scores.map((score) => ofItems(score) - weightOfKinds * described) };
  };
  const least = await leastOfNonsense(items, seed, [3, 5], async (text) =>
    largest((await leadsOf(text)).leads),
  );
  return async (text, count) => {
    if (text.trim() === '') return [];
    const { cosines, leads } = await leadsOf(text);
    const fitting = cosines.map((cosine, item) => (leads[item] >= least ? cosine : Number.NEGATIVE_INFINITY));
    return topItems(fitting, count).map((item) => ({ item, cosine: cosines[item] }));
  };
}

function largest(values: Float32Array): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
