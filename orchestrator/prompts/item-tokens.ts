import type { ItemIndex } from '../item-index/types.ts';
import { UserError } from '../shared/errors.ts';
import type { Vocabulary } from '../vocabulary/types.ts';

/**
 * The token ids of every item's code: [items * levels], row-major.
 * Throws a UserError where the vocabulary lacks a digit of the index.
 */
export function itemTokens(index: ItemIndex, vocabulary: Vocabulary): Int32Array {
  const { levels, codes } = index;
  const tokens = new Int32Array(codes.length);
  for (let at = 0; at < codes.length; at++) {
    const level = at % levels;
    const token = vocabulary.codeTokenIds[level]?.[codes[at]];
    if (token === undefined)
      throw new UserError(
        'prompts/unknown-code',
        `the vocabulary has no token for digit ${codes[at]} of level ${level + 1} (item ${Math.floor(at / levels)}); it knows ${
          vocabulary.codeTokenIds[level]?.length ?? 0
        } digits there`,
        { remedy: 'Index and vocabulary do not belong together: run the vocabulary stage again.' },
      );
    tokens[at] = token;
  }
  return tokens;
}
