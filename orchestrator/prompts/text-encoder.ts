import type { Vocabulary } from '../vocabulary/types.ts';
import { createBoundedCache } from './bounded-cache.ts';

/** What stands before a text: nothing, a code or control token, or a line's end. */
export type Before = 'nothing' | 'code' | 'line-end';

export interface TextEncoder {
  /** Token ids of a text, as they would come out were it encoded together with what stands before it. */
  encode(text: string, before: Before): Int32Array;
}

/**
 * Encodes the texts between codes, line by line, each line once (the latest `capacity` lines are kept).
 *
 * The pieces put together equal the encoding of the whole because they meet only where a tokenizer never joins:
 * beside a code (an added token, cut out before anything else), and after a single line's end between two letters or
 * signs (GPT-2's, LLaMA-3's and Qwen's patterns end a word there; LLaMA-2 has no token across it). Titles and words
 * inside a line do join with their neighbours, so a line is always encoded whole. Whether line's ends do part the
 * tokens of this tokenizer is tried out first; where they do not, texts are encoded whole from code to code.
 */
export function createTextEncoder(vocabulary: Vocabulary, capacity = 20_000): TextEncoder {
  const anchors = anchorsOf(vocabulary);
  const encodeAfter = (text: string, before: Before): Int32Array => {
    const anchor = anchors[before];
    // LLaMA-2 puts a blank before the first text only, or before each one: hence the anchor, cut off again.
    return Int32Array.from(vocabulary.encode(anchor.text + text).slice(anchor.length));
  };
  const cache = createBoundedCache<string, Int32Array>(capacity);
  const encodePiece = (text: string, before: Before) =>
    cache.get(`${before[0]}${text}`, () => encodeAfter(text, before));
  const byLine = linesPartTokens(encodeAfter);
  return {
    encode: (text, before) => {
      if (text === '') return new Int32Array(0);
      const [first, ...others] = byLine ? linesOf(text) : [text];
      const start = encodePiece(first, before);
      if (others.length === 0) return start;
      return concatenate([start, ...others.map((line) => encodePiece(line, 'line-end'))]);
    },
  };
}

/** Lines with their ends; a text is cut only after a single line's end that has no blank beside it. */
export function linesOf(text: string): string[] {
  return text.split(/(?<=\S\n)(?=\S)/);
}

export function concatenate(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function anchorsOf(vocabulary: Vocabulary): Record<Before, { text: string; length: number }> {
  const code = vocabulary.decode([vocabulary.codeTokenIds[0][0]]).trim();
  const anchor = (text: string) => ({ text, length: text === '' ? 0 : vocabulary.encode(text).length });
  return { nothing: anchor(''), code: anchor(code), 'line-end': anchor(`${code}:\n`) };
}

/** Are these texts, cut at their lines' ends, the same tokens as in one piece? */
function linesPartTokens(encodeAfter: (text: string, before: Before) => Int32Array): boolean {
  const probes = [
    'These were bought:\nred shampoo 2.5 oz\n3 combs\n(new) soap\nWhat is next?\n',
    '### Instruction:\nÉtui, 20%\n"Lèvres" & more!\n### Response:\n$5 off',
    'a\n1\n.\n-b\n_c\n日本\nend',
  ];
  return probes.every((probe) =>
    (['nothing', 'code'] as const).every((before) => {
      const [first, ...others] = linesOf(probe);
      const pieces = [encodeAfter(first, before), ...others.map((line) => encodeAfter(line, 'line-end'))];
      const whole = encodeAfter(probe, before);
      const parts = concatenate(pieces);
      return parts.length === whole.length && parts.every((token, at) => token === whole[at]);
    }),
  );
}
