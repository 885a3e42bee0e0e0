import { int64From } from '../../engine/int64.ts';
import type { TensorView } from '../../engine/program.ts';
import type { Chain } from '../generator.ts';
import { hiddenScore } from '../hidden-score.ts';
import { appendColumns, columnsOf, type KeyValueCache, type Memory } from './key-value-cache.ts';

/** What a token leaves in the cache: a key and a value in each layer. */
export interface CacheSizes {
  layers: number;
  /** Heads that have keys. */
  heads: number;
  headSize: number;
}

/**
 * A batch of prompts, and behind each a tree of tokens. Keys and values of the prompts are computed once and shared
 * by all that follows; each token of a tree is one more column of the cache, seen by its descendants alone. So no
 * cache is ever repeated or reordered, whichever beams go on.
 */
export interface TokenTree {
  sizes: CacheSizes;
  /** Columns that a row's own prompt fills; it counts positions from there, and looks at no others before its tree. */
  promptLengths: Int32Array;
  cache: KeyValueCache;
  /** Keys and values of the latest pass; they join the cache when another pass needs them. */
  fresh: Record<string, TensorView> | null;
  memory: Memory;
}

/** The tree of a pass over prompts, padded to `length`: run it with `promptResults` to fill it. */
export function plantTree(
  sizes: CacheSizes,
  promptLengths: Int32Array,
  length: number,
  memory: Memory,
): TokenTree {
  const tensors = emptyColumns(sizes, promptLengths.length, length, memory, 'prompt');
  return { sizes, promptLengths, cache: { tensors, used: length, moves: 0 }, fresh: null, memory };
}

/** Where a pass over the prompts has to write its keys and values. */
export function promptResults({ cache }: TokenTree): Record<string, TensorView> {
  return asFresh(cache.tensors);
}

/** One pass over new tokens of all trees. */
export interface TreePass {
  /**
   * `key.l` and `value.l` of the cache, `tokens` [B * T], `positions` [B, T], `mask` [B, 1, 1, T, S] and `selected`
   * [chains], the flat place of the last token of each.
   */
  feeds: Record<string, TensorView>;
  /** Where its keys and values have to go. */
  results: Record<string, TensorView>;
  /** [chains] columns of the chain's last token and of all its ancestors, in the passes after this one */
  columns: number[][];
  /** Columns before the new ones, and new ones of a row. */
  past: number;
  length: number;
  /** [chains] which of the new columns of its row the first token of a chain has */
  firstPlaces: number[];
}

/** Prepares a pass; keys and values of the one before join the cache. */
export function nextPass(tree: TokenTree, chains: readonly Chain[], reserve: number): TreePass {
  const { promptLengths, sizes, memory } = tree;
  if (tree.fresh) tree.cache = appendColumns(tree.cache, tree.fresh, reserve, memory);
  const past = columnsOf(tree.cache);
  const rows = promptLengths.length;
  const used = new Int32Array(rows);
  const firstPlaces = chains.map(({ row, tokens }) => {
    const first = used[row];
    used[row] += tokens.length;
    return first;
  });
  const length = used.reduce((longest, own) => Math.max(longest, own), 0);
  const seen = past + length;

  const tokens = new Int32Array(rows * length);
  const positions = new Int32Array(rows * length);
  const mask = new Float32Array(rows * length * seen).fill(hiddenScore);
  const last = new Int32Array(chains.length);
  const columns = chains.map((chain, index) => {
    const own = [...chain.ancestors];
    for (const [step, token] of chain.tokens.entries()) {
      const place = firstPlaces[index] + step;
      const flat = chain.row * length + place;
      tokens[flat] = token;
      positions[flat] = promptLengths[chain.row] + own.length;
      mask.fill(0, flat * seen, flat * seen + promptLengths[chain.row]);
      for (const column of chain.ancestors) mask[flat * seen + column] = 0;
      // In this pass the new tokens stand behind all columns; afterwards they move to the first unused ones.
      mask.fill(0, flat * seen + past + firstPlaces[index], flat * seen + past + place + 1);
      own.push(tree.cache.used + place);
      last[index] = flat;
    }
    return own;
  });

  tree.fresh = emptyColumns(sizes, rows, length, memory, 'fresh');
  return {
    feeds: {
      ...tree.cache.tensors,
      tokens: { shape: [tokens.length], data: int64From(tokens) },
      positions: { shape: [rows, length], data: int64From(positions) },
      mask: { shape: [rows, 1, 1, length, seen], data: mask },
      selected: { shape: [last.length], data: int64From(last) },
    },
    results: asFresh(tree.fresh),
    columns,
    past,
    length,
    firstPlaces,
  };
}

/** Memory into which a pass writes the keys and values of its tokens. */
function emptyColumns(
  { layers, heads, headSize }: CacheSizes,
  rows: number,
  columns: number,
  memory: Memory,
  purpose: string,
): Record<string, TensorView> {
  const shape = [rows, heads, columns, headSize];
  const length = shape.reduce((product, size) => product * size, 1);
  const tensors: Record<string, TensorView> = {};
  for (let layer = 0; layer < layers; layer++) {
    for (const name of [`key.${layer}`, `value.${layer}`])
      tensors[name] = { shape, data: memory(`${purpose} ${name}`, length) };
  }
  return tensors;
}

/** What a pass gives as `fresh.key.0` is fed to the next one as `key.0`. */
function asFresh(tensors: Record<string, TensorView>): Record<string, TensorView> {
  return Object.fromEntries(Object.entries(tensors).map(([name, view]) => [`fresh.${name}`, view]));
}
