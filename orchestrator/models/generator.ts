import type { TensorView } from '../engine/program.ts';
import type { Memory } from './generation/key-value-cache.ts';

/** What beams need of a model, whatever its family. */
export interface Generator {
  vocabularySize: number;
  /** Tokens of a prompt and all that is decoded behind it, at most. */
  longest: number;
  /** Runs prompts; `headRows` [R] are the tokens whose logits are wanted behind each of them. */
  plant(
    prompts: readonly Int32Array[],
    headRows: TensorView,
    memory: Memory,
  ): Promise<{ tree: PlantedTree; logits: Float32Array }>;
  /**
   * Without a cache: logits of `headRows` behind each prompt and behind each token of its continuation,
   * [sum of (continuation + 1), R], prompt by prompt.
   */
  follow(
    prompts: readonly Int32Array[],
    continuations: readonly Int32Array[],
    headRows: TensorView,
  ): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** A batch of prompts, and behind each a tree of tokens that grows chain by chain. */
export interface PlantedTree {
  /**
   * Runs one pass over all new tokens of the batch. Chains of one row never see each other. `reserve` is about how many
   * tokens a row may get in passes after this one.
   */
  grow(chains: readonly Chain[], headRows: TensorView, reserve: number): Promise<Growth>;
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
