import type { ItemIndex } from '../../orchestrator/item-index/types.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import type { LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import type { ModelDefinition, WeightSource } from '../../orchestrator/models/model.ts';
import type { FamilyName } from '../../orchestrator/models/settings.ts';
import { t5 } from '../../orchestrator/models/t5/t5.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { referenceLogits } from '../models/reference-decoder.ts';
import { referenceT5Logits, tinyT5Config } from '../models/reference-t5.ts';
import { softmaxRow } from '../models/rows.ts';
import { tinyConfig } from '../models/tiny-model.ts';

/** Tokens that are no codes: what prompts are made of here. */
export const plainTokens = 6;
export const longest = 24;

export interface TinyCatalogue {
  index: ItemIndex;
  vocabulary: { codeTokenIds: number[][] };
  definition: ModelDefinition;
  source: WeightSource;
  /** Logits of the plain model behind a prompt and what was written so far; each sequence is computed once. */
  plainLogits(prompt: number[], written: number[]): number[];
}

/** Codes as given, and a random model that knows their tokens. */
export function tinyCatalogue(
  codes: number[][],
  change: Partial<LlamaConfig> = {},
  { seed = 3, family = 'llama' as FamilyName } = {},
): TinyCatalogue {
  const levels = codes[0].length;
  const levelSizes = Array.from(
    { length: levels },
    (_, level) => 1 + Math.max(...codes.map((code) => code[level])),
  );
  let next = plainTokens;
  const codeTokenIds = levelSizes.map((size) => Array.from({ length: size }, () => next++));
  const { definition, source, logitsOf } = plainModel(family, { vocab_size: next, ...change }, seed);
  const known = new Map<string, number[]>();
  return {
    index: { levels, levelSizes, codes: Int32Array.from(codes.flat()) },
    vocabulary: { codeTokenIds },
    definition,
    source,
    plainLogits(prompt, written) {
      const key = `${prompt} ${written}`;
      const logits = known.get(key) ?? logitsOf(prompt, written);
      known.set(key, logits);
      return logits;
    },
  };
}

/** A random model of a family, and its logits as the plain reference has them. */
function plainModel(family: FamilyName, change: Partial<LlamaConfig>, seed: number) {
  if (family === 't5') {
    const config = tinyT5Config({ vocab_size: change.vocab_size });
    // Weights of a fresh T5 are large already.
    const source = readOnce(initialWeights(t5(config), seed), 1);
    const logitsOf = (prompt: number[], written: number[]) =>
      referenceT5Logits(config, source, prompt, written).at(-1)!;
    return { definition: t5(config), source, logitsOf };
  }
  const config = tinyConfig(change);
  const source = readOnce(initialWeights(llama(config), seed), 20);
  const logitsOf = (prompt: number[], written: number[]) =>
    referenceLogits(config, source, [...prompt, ...written]).at(-1)!;
  return { definition: llama(config), source, logitsOf };
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
      const written = digits.map((digit, at) => vocabulary.codeTokenIds[at][digit]);
      const logits = plainLogits([...prompt], written);
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

/** Weights times a factor, so that attention, gates and logits are far from flat; each tensor is read once. */
function readOnce(source: WeightSource, factor: number): WeightSource {
  const known = new Map<string, Float32Array>();
  return {
    read(name, shape) {
      const data =
        known.get(name) ?? source.read(name, shape).map((value) => (value === 1 ? 1 : value * factor));
      known.set(name, data);
      return data;
    },
  };
}
