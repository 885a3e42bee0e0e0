import { int64From } from '../engine/int64.ts';
import type { TensorView } from '../engine/program.ts';
import type { GenerationPrograms } from '../model/generation-graph.ts';
import { hidden } from '../model/training-graph.ts';
import { joinColumns } from './join-columns.ts';
import { promptFeeds } from './prompt-feeds.ts';

/**
 * A batch of prompts, and behind each a tree of tokens. Keys and values of the prompts are computed once and shared
 * by all that follows; each token of a tree is one more column of the cache, seen by its descendants alone. So no
 * cache is ever repeated or reordered, whichever beams go on.
 */
export interface TokenTree {
  programs: GenerationPrograms;
  promptLengths: Int32Array;
  /** `key.l` and `value.l` [prompts, kv heads, columns, head size]; a prompt shorter than the longest has unused columns */
  cache: Record<string, TensorView>;
  /** Keys and values of the latest pass, which join the cache when another pass needs them. */
  fresh: Record<string, TensorView>;
  /** Columns of cache and fresh together. */
  columns: number;
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
): Promise<{ tree: TokenTree; logits: Float32Array }> {
  const promptLengths = Int32Array.from(prompts, (prompt) => prompt.length);
  const { feeds, length } = promptFeeds(prompts);
  const last = promptLengths.map((own, row) => row * length + own - 1);
  const { logits, ...fresh } = await programs.prompt.run({
    ...programs.weights,
    ...feeds,
    selected: { shape: [last.length], data: int64From(last) },
    head_rows: headRows,
  });
  const tree = { programs, promptLengths, cache: {}, fresh: cacheOf(fresh), columns: length };
  return { tree, logits: logits.data as Float32Array };
}

/** Runs one pass over all new tokens of the batch. Chains of one row never see each other. */
export async function growTree(
  tree: TokenTree,
  chains: readonly Chain[],
  headRows: TensorView,
): Promise<Growth> {
  const { programs, promptLengths } = tree;
  const rows = promptLengths.length;
  const past = tree.columns;
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
      own.push(past + place);
      mask.fill(0, flat * seen, flat * seen + promptLengths[chain.row]);
      for (const column of own) mask[flat * seen + column] = 0;
      last[index] = flat;
    }
    return own;
  });

  tree.cache = joinColumns(tree.cache, tree.fresh);
  const { logits, ...fresh } = await programs.beams.run({
    ...programs.weights,
    ...tree.cache,
    tokens: { shape: [tokens.length], data: int64From(tokens) },
    positions: { shape: [rows, length], data: int64From(positions) },
    mask: { shape: [rows, 1, 1, length, seen], data: mask },
    selected: { shape: [last.length], data: int64From(last) },
    head_rows: headRows,
  });
  tree.fresh = cacheOf(fresh);
  tree.columns = seen;
  return { logits: logits.data as Float32Array, columns };
}

/** `fresh.key.0` of a pass is `key.0` of the next one. */
function cacheOf(fresh: Record<string, TensorView>): Record<string, TensorView> {
  return Object.fromEntries(Object.entries(fresh).map(([name, view]) => [name.replace('fresh.', ''), view]));
}
