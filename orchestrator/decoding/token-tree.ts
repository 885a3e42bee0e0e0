import { int64From } from '../engine/int64.ts';
import type { TensorView } from '../engine/program.ts';
import { headSizes } from '../model/config.ts';
import type { GenerationPrograms } from '../model/generation-graph.ts';
import { hidden } from '../model/training-graph.ts';
import { appendColumns, columnsOf, type KeyValueCache, type Memory } from './key-value-cache.ts';
import { promptFeeds } from './prompt-feeds.ts';

/**
 * A batch of prompts, and behind each a tree of tokens. Keys and values of the prompts are computed once and shared
 * by all that follows; each token of a tree is one more column of the cache, seen by its descendants alone. So no
 * cache is ever repeated or reordered, whichever beams go on.
 */
export interface TokenTree {
  programs: GenerationPrograms;
  promptLengths: Int32Array;
  /** A prompt shorter than the longest has columns in which nobody looks. */
  cache: KeyValueCache;
  /** Keys and values of the latest pass; they join the cache when another pass needs them. */
  fresh: Record<string, TensorView> | null;
  memory: Memory;
}

/** Tokens to be put behind a node of a prompt's tree, one after the other. */
export interface Chain {
  /** Which prompt of the batch. */
  row: number;
  /** Columns of the ancestors of the first token, those of the prompt left out. */
  ancestors: readonly number[];
  /** One token or more. */
  tokens: readonly number[];
}

/** What follows the last token of each chain. */
export interface Growth {
  /** [chains * head rows] */
  logits: Float32Array;
  /** [chains] columns of the chain's last token and of all its ancestors */
  columns: number[][];
}

/** Runs the prompts; `headRows` are the tokens whose logits are wanted behind each of them. */
export async function plantPrompts(
  programs: GenerationPrograms,
  prompts: readonly Int32Array[],
  headRows: TensorView,
  memory: Memory,
): Promise<{ tree: TokenTree; logits: Float32Array }> {
  const promptLengths = Int32Array.from(prompts, (prompt) => prompt.length);
  const { feeds, length } = promptFeeds(prompts);
  const last = promptLengths.map((own, row) => row * length + own - 1);
  const tensors = emptyColumns(programs, prompts.length, length, memory, 'prompt');
  const { logits } = await programs.prompt.run(
    {
      ...programs.weights,
      ...feeds,
      selected: { shape: [last.length], data: int64From(last) },
      head_rows: headRows,
    },
    asFresh(tensors),
  );
  const cache = { tensors, used: length, moves: 0 };
  return {
    tree: { programs, promptLengths, cache, fresh: null, memory },
    logits: logits.data as Float32Array,
  };
}

/**
 * Runs one pass over all new tokens of the batch. Chains of one row never see each other. `reserve` is about how many
 * tokens a row may get in passes after this one.
 */
export async function growTree(
  tree: TokenTree,
  chains: readonly Chain[],
  headRows: TensorView,
  reserve: number,
): Promise<Growth> {
  const { programs, promptLengths } = tree;
  if (tree.fresh) tree.cache = appendColumns(tree.cache, tree.fresh, reserve, tree.memory);
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
  const mask = new Float32Array(rows * length * seen).fill(hidden);
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

  tree.fresh = emptyColumns(programs, rows, length, tree.memory, 'fresh');
  const { logits } = await programs.beams.run(
    {
      ...programs.weights,
      ...tree.cache.tensors,
      tokens: { shape: [tokens.length], data: int64From(tokens) },
      positions: { shape: [rows, length], data: int64From(positions) },
      mask: { shape: [rows, 1, 1, length, seen], data: mask },
      selected: { shape: [last.length], data: int64From(last) },
      head_rows: headRows,
    },
    asFresh(tree.fresh),
  );
  return { logits: logits.data as Float32Array, columns };
}

/** Memory into which a pass writes the keys and values of its tokens. */
function emptyColumns(
  { config }: GenerationPrograms,
  rows: number,
  columns: number,
  memory: Memory,
  purpose: string,
): Record<string, TensorView> {
  const { keyValueHeads, headSize } = headSizes(config);
  const shape = [rows, keyValueHeads, columns, headSize];
  const length = shape.reduce((product, size) => product * size, 1);
  const tensors: Record<string, TensorView> = {};
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    for (const name of [`key.${layer}`, `value.${layer}`])
      tensors[name] = { shape, data: memory(`${purpose} ${name}`, length) };
  }
  return tensors;
}

/** What a pass gives as `fresh.key.0` is fed to the next one as `key.0`. */
function asFresh(tensors: Record<string, TensorView>): Record<string, TensorView> {
  return Object.fromEntries(Object.entries(tensors).map(([name, view]) => [`fresh.${name}`, view]));
}
