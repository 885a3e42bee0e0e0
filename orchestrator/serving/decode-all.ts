import type { Candidates } from '../decoding/candidates.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import { allOrNone } from '../shared/all-or-none.ts';
import type { DecodeRequest, TogetherDecoder } from './decode-together.ts';

/** Queued at the same time, so that all are decoded together; if one is refused, the others are withdrawn. */
export async function decodeAll(
  behind: Pick<DecodeRequest, 'prompt' | 'history'>,
  asked: readonly (Candidates | null)[],
  decoder: TogetherDecoder,
  signal: AbortSignal | undefined,
): Promise<RankedCode[][]> {
  if (asked.length === 1) return [await decoder.decode({ ...behind, candidates: asked[0], signal })];
  return allOrNone(signal, (either) =>
    asked.map((candidates) => decoder.decode({ ...behind, candidates, signal: either })),
  );
}
