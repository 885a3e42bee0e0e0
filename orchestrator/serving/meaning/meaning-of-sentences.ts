import { fieldEncoder } from '../../embedding/semantic/field-encoder.ts';
import type { EmbeddedItems } from '../../embedding/semantic/fit-again.ts';
import type { TextBatchEncoder } from '../../embedding/semantic/types.ts';
import { topItems } from '../../evaluation/top-items.ts';
import type { Prefixes } from '../../opened-run/query-encoder.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { productsWith } from '../related/products-with.ts';
import { categoryTexts } from './category-texts.ts';
import type { EncodeOnce } from './kept-vectors.ts';
import { leastOf, thrownTogether } from './least-of-nonsense.ts';
import type { Meaning } from './meaning.ts';
import { otherKinds } from './other-kinds.ts';
import { standardised } from './standardised.ts';

/** How much it counts against the items that a kind of things describes a request; chosen on made-up requests. */
const weightOfKinds = 0.5;
/** Enough items to know how near a catalogue is to anything. */
const mostSampled = 500;

export interface SentenceEncoder {
  encode: TextBatchEncoder;
  prefixes?: Prefixes;
  /** Encodes all that is known beforehand; by default, `encode` does. */
  encodeOnce?: EncodeOnce;
  breathe: () => Promise<void>;
}

/**
 * What fits for an encoder of sentences, which finds something near for every text. An item leads by how much nearer it is
 * than items usually are to kinds of things, less a part of how well one of these kinds describes the request (both in
 * standard deviations: encoders and catalogues spread cosines differently). How far it must lead is learned from words of
 * the catalogue thrown together.
 */
export async function meaningOfSentences(
  { items, vectors }: EmbeddedItems,
  seed: number,
  given: SentenceEncoder,
): Promise<Meaning['nearest']> {
  const { encode, breathe, prefixes = { query: '', text: '' } } = given;
  const fields = fieldEncoder(encode);
  const encodeOnce = given.encodeOnce ?? ((texts) => fields(texts.map((text) => [text])));
  const asked = (text: string) => prefixes.query + text;
  const shown = (text: string) => prefixes.text + text;
  const categories = categoryTexts(items);
  const [kinds, categoryVectors, askedKinds, nonsense] = await encodeTogether(encodeOnce, [
    otherKinds.map(shown),
    categories.texts.map(shown),
    otherKinds.map(asked),
    thrownTogether(items, seed, [3, 5]).map(asked),
  ]);
  /** An item's own texts say what it is like, its category what it is: the mean of both tells best what fits. */
  const scoresOf = async (vector: Float32Array, cosines: Float32Array) => {
    const near = await productsWith(categoryVectors, vector, breathe);
    return cosines.map((cosine, item) => {
      const category = categories.of[item];
      return category < 0 ? cosine : (cosine + near[category]) / 2;
    });
  };
  const step = Math.ceil(items.length / mostSampled);
  const usual = { items: [] as number[], kinds: [] as number[] };
  for (let kind = 0; kind < kinds.rows; kind++) {
    const vector = rowOf(askedKinds, kind);
    const scores = await scoresOf(vector, await productsWith(vectors, vector, breathe));
    usual.items.push(...scores.filter((_, item) => item % step === 0));
    usual.kinds.push(...(await productsWith(kinds, vector, breathe)).filter((_, other) => other !== kind));
    await breathe();
  }
  const [ofItems, ofKinds] = [standardised(usual.items), standardised(usual.kinds)];
  /** Cosine to each item, and by how much each leads. */
  const leadsOf = async (vector: Float32Array) => {
    const cosines = await productsWith(vectors, vector, breathe);
    const scores = await scoresOf(vector, cosines);
    const described = ofKinds(largest(await productsWith(kinds, vector, breathe)));
    return { cosines, leads: scores.map((score) => ofItems(score) - weightOfKinds * described) };
  };
  const reached: number[] = [];
  for (let sample = 0; sample < nonsense.rows; sample++) {
    reached.push(largest((await leadsOf(rowOf(nonsense, sample))).leads));
    await breathe();
  }
  const least = leastOf(reached);
  return async (text, count) => {
    if (text.trim() === '') return [];
    const { cosines, leads } = await leadsOf(rowOf(await encode([asked(text)]), 0));
    const fitting = cosines.map((cosine, item) => (leads[item] >= least ? cosine : Number.NEGATIVE_INFINITY));
    return topItems(fitting, count).map((item) => ({ item, cosine: cosines[item] }));
  };
}

/** The vectors of several lists of texts, encoded in one go. */
async function encodeTogether(encodeOnce: EncodeOnce, lists: readonly string[][]): Promise<Matrix[]> {
  const { columns, data } = await encodeOnce(lists.flat());
  let at = 0;
  return lists.map(({ length }) => {
    const part = data.subarray(at * columns, (at + length) * columns);
    at += length;
    return createMatrix(length, columns, part);
  });
}

function largest(values: Float32Array): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
