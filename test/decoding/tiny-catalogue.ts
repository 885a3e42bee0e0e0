import type { ItemIndex } from '../../orchestrator/item-index/types.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import type { LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import type { WeightSource } from '../../orchestrator/models/model-tensors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { referenceLogits, softmaxRow } from '../models/reference-decoder.ts';
import { tinyConfig } from '../models/tiny-model.ts';

/** Tokens that are no codes: what prompts are made of here. */
export const plainTokens = 6;
export const longest = 24;

export interface TinyCatalogue {
  index: ItemIndex;
  vocabulary: { codeTokenIds: number[][] };
  config: LlamaConfig;
  source: WeightSource;
  /** Logits of the plain decoder behind these tokens; each sequence is computed once. */
  plainLogits(tokens: number[]): number[];
}

/** Codes as given, and a random model that knows their tokens. */
export function tinyCatalogue(codes: number[][], change: Partial<LlamaConfig> = {}, seed = 3): TinyCatalogue {
  const levels = codes[0].length;
  const levelSizes = Array.from(
    { length: levels },
    (_, level) => 1 + Math.max(...codes.map((code) => code[level])),
  );
  let next = plainTokens;
  const codeTokenIds = levelSizes.map((size) => Array.from({ length: size }, () => next++));
  const config = tinyConfig({ vocab_size: next, ...change });
  const source = lively(initialWeights(llama(config), seed));
  const known = new Map<string, number[]>();
  return {
    index: { levels, levelSizes, codes: Int32Array.from(codes.flat()) },
    vocabulary: { codeTokenIds },
    config,
    source,
    plainLogits(tokens) {
      const logits = known.get(tokens.join()) ?? referenceLogits(config, source, tokens)[tokens.length - 1];
      known.set(tokens.join(), logits);
      return logits;
    },
  };
}

/** `items` random codes; equal ones only where `collisions` allows them. */
export function randomCodes(
  items: number,
  levelSizes: number[],
  seed: number,
  { collisions = false } = {},
): number[][] {
  const random = createRandom(seed, 'codes');
  const codes = new Map<string, number[]>();
  while (codes.size < items) {
    const code = levelSizes.map((size) => random.integer(size));
    codes.set(collisions ? String(codes.size) : code.join(), code);
  }
  return [...codes.values()];
}

export function randomPrompts(count: number, seed: number): Int32Array[] {
  const random = createRandom(seed, 'prompts');
  return Array.from({ length: count }, () =>
    Int32Array.from({ length: 1 + random.integer(9) }, () => random.integer(plainTokens)),
  );
}

export interface PlainResult {
  digits: number[];
  score: number;
  items: number[];
}

/**
 * Beam search written down plainly: every prefix is computed anew from its first token by the plain decoder, and the
 * allowed digits are found by looking through all codes. With width Infinity it is brute force over the catalogue.
 */
export function plainBeamSearch(
  { index, vocabulary, plainLogits }: TinyCatalogue,
  prompt: Int32Array,
  width: number,
): PlainResult[] {
  const { levels } = index;
  const codes = Array.from({ length: index.codes.length / levels }, (_, item) => [
    ...index.codes.subarray(item * levels, (item + 1) * levels),
  ]);
  const startsWith = (code: number[], prefix: number[]) => prefix.every((digit, at) => code[at] === digit);
  let beams: { digits: number[]; score: number }[] = [{ digits: [], score: 0 }];
  for (let level = 0; level < levels; level++) {
    const candidates = beams.flatMap(({ digits, score }) => {
      const allowed = [
        ...new Set(codes.filter((code) => startsWith(code, digits)).map((code) => code[level])),
      ];
      const tokens = [...prompt, ...digits.map((digit, at) => vocabulary.codeTokenIds[at][digit])];
      const logits = plainLogits(tokens);
      const shares = softmaxRow(allowed.map((digit) => logits[vocabulary.codeTokenIds[level][digit]]));
      return allowed.map((digit, at) => ({
        digits: [...digits, digit],
        score: score + Math.log(shares[at]),
      }));
    });
    beams = candidates.sort((a, b) => b.score - a.score || compare(a.digits, b.digits)).slice(0, width);
  }
  return beams.map(({ digits, score }) => ({
    digits,
    score,
    items: codes.flatMap((code, item) => (startsWith(code, digits) ? [item] : [])),
  }));
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((digit, place) => digit !== b[place]);
  return at < 0 ? 0 : a[at] - b[at];
}

/** Larger weights than a fresh model's, so that attention, gates and logits are far from flat; read once. */
function lively(source: WeightSource): WeightSource {
  const known = new Map<string, Float32Array>();
  return {
    read(name, shape) {
      const data = known.get(name) ?? source.read(name, shape).map((value) => (value === 1 ? 1 : value * 20));
      known.set(name, data);
      return data;
    },
  };
}
