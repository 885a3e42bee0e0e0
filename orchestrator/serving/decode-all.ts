import type { Candidates } from '../decoding/candidates.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import type { TogetherDecoder } from './decode-together.ts';

/** Queued at the same time, so that all are decoded together; if one is refused, the others are withdrawn. */
export async function decodeAll(
  prompt: Int32Array,
  asked: readonly (Candidates | null)[],
  decoder: TogetherDecoder,
  signal: AbortSignal | undefined,
): Promise<RankedCode[][]> {
  if (asked.length === 1) return [await decoder.decode({ prompt, candidates: asked[0], signal })];
  const all = new AbortController();
  const either = signal ? AbortSignal.any([signal, all.signal]) : all.signal;
  try {
    return await Promise.all(
      asked.map((candidates) => decoder.decode({ prompt, candidates, signal: either })),
    );
  } catch (error) {
    all.abort(error);
    throw error;
  }
}
