import type { TogetherDecoder } from './decode-together.ts';

/**
 * The decoder for all lists of one answer: where there is room for the first, the others join it. Otherwise an answer of
 * several searches would be given up between two of them by a full queue, and its work be lost.
 */
export function forOneAnswer(decoder: TogetherDecoder): TogetherDecoder {
  let joins = false;
  return {
    ...decoder,
    decode(request) {
      const decoded = decoder.decode({ ...request, joins });
      joins = true;
      return decoded;
    },
  };
}
