import type { ParameterStore } from '../engine/optimisers/parameters.ts';
import type { CompileOptions, TensorView } from '../engine/program.ts';
import type { Value } from '../engine/types.ts';
import type { Example } from '../shared/example.ts';
import type { Matrix } from '../shared/matrix.ts';
import type { DropoutSite, Dropper } from './dropout-sites.ts';
import type { Generator } from './generator.ts';

/** What every `config.json` has; a family reads the rest. */
export interface ModelConfig {
  model_type: string;
  vocab_size: number;
  [name: string]: unknown;
}

export interface TensorSpec {
  /** As in Hugging Face's `model.safetensors`. */
  name: string;
  shape: readonly number[];
  /** `given`: it comes from outside, and is never trained. */
  kind: 'embedding' | 'projection' | 'norm' | 'bias' | 'given';
  /** Of a projection: its name within a layer (`q_proj`), by which LoRA is told where to go. */
  module?: string;
  /** Of a model from scratch: weights are N(0, deviation); norms begin at 1, biases at 0. */
  deviation: number;
}

/** Where weights come from: a checkpoint folder, or memory. */
export interface WeightSource {
  /** Throws a UserError when the tensor is absent or has another shape. */
  read(name: string, shape: readonly number[]): Float32Array;
}

/** How a graph gets at its weights; full tuning, LoRA and inference differ in nothing else. */
export interface ModelTensors {
  weight(name: string): Value;
  /** What `compute` returns, a layer; with gradient checkpointing the backward pass computes it anew. */
  layer(compute: () => Value): Value;
  /** x [n, in] -> [n, out] by the projection of this name; `drop` is for the inputs of adapters, while training */
  project(x: Value, name: string, drop?: Dropper): Value;
  /** ids [n] of int64 -> [n, hidden] */
  embed(ids: Value): Value;
  /** states [n, hidden] -> logits [n, vocabulary] */
  logits(states: Value): Value;
  /** states [n, hidden], targets [n] of int64 -> cross entropy over the whole vocabulary [n] */
  losses(states: Value, targets: Value): Value;
  /** states [n, hidden], ids [m] of code tokens, no two alike -> logits [n, m] */
  logitsOf(states: Value, ids: Value): Value;
}

/** A model without its weights: what its config says, and how its family computes. */
export interface ModelDefinition {
  /** The name of its family in the registry, and for people: `LLaMA` */
  family: string;
  title: string;
  /** Goes into `config.json` as it is. */
  config: ModelConfig;
  /** Its class in transformers: `LlamaForCausalLM` */
  architecture: string;
  /** Its kind of task in PEFT: `CAUSAL_LM` */
  adapterTask: 'CAUSAL_LM' | 'SEQ_2_SEQ_LM';
  hiddenSize: number;
  /** Positions that the config allows; Infinity where positions are relative. */
  mostPositions: number;
  tensors: readonly TensorSpec[];
  /** Tensors of the token rows and of the head: the same name where both share one table. */
  embedding: string;
  head: string;
  /** Of tensors in a checkpoint: is it part of the computation? Others are passed over. */
  computes(tensor: string): boolean;
  withVocabulary(size: number): ModelDefinition;
  /** One pass of training over a batch of examples. */
  trainingPass(tensors: ModelTensors, options: PassOptions): TrainingPass;
  /** Tensors of some examples; `whole`: the states behind last tokens are wanted too. */
  batch(examples: readonly Example[], whole: boolean): Batch;
  /** Lengths that are padded to the longest of a batch: a batch of n rows costs n times their sum. */
  lengths(example: Example): readonly number[];
  /** What beams need, for prompts of up to `longest` tokens and what is decoded behind them. */
  compileGenerator(model: SequenceModel, longest: number, options?: CompileOptions): Promise<Generator>;
  compileTextEncoder(model: SequenceModel, longest: number): Promise<TextEncoder>;
  /** Writes `model.onnx` for other runtimes into a folder; null where nobody reads such a file. */
  writeOnnx: ((folder: string, weights: WeightSource, sizes?: OnnxSizes) => { parts: number }) | null;
}

export interface PassOptions {
  /** Longest row in tokens. */
  longest: number;
  /** Rates of dropout: of what blocks add to the residual stream, and of the inputs of adapters. */
  dropout: number;
  adapterDropout: number;
}

/** A graph fed by `batch`, and by `wanted` [wanted]: flat places of the states that are asked for, each once. */
export interface TrainingPass {
  /** [wanted, hidden] after the final norm */
  states: Value;
  /** Factors of dropout that every run has to feed. */
  sites: DropoutSite[];
}

export interface Batch {
  feeds: Record<string, TensorView>;
  /** Sizes of the dimensions that dropout depends on. */
  counts: Record<string, number>;
  /** Flat place of the state that token `at` of a row's target is predicted from; null where nothing stands before it. */
  before(row: number, at: number): number | null;
  /** Flat place of the state behind that token. */
  behind(row: number, at: number): number;
}

/** From which sizes in bytes on weights stand beside the ONNX file, and in several files. */
export interface OnnxSizes {
  wholeUpTo?: number;
  partsUpTo?: number;
}

/** Mean state of texts, for embeddings. */
export interface TextEncoder {
  /** [texts, hidden]: the mean over a text's tokens of the last states */
  encode(texts: readonly (readonly number[])[]): Promise<Matrix>;
  dispose(): Promise<void>;
}

/** A model with its weights, and what training may change about it. */
export interface SequenceModel {
  definition: ModelDefinition;
  tensors: ModelTensors;
  /** Empty for inference. */
  store: ParameterStore;
  /** How a graph that trains it is compiled, where not by the defaults. */
  training?: CompileOptions;
}

/** A family of models. */
export interface ModelFamily {
  /** For people: `LLaMA` */
  title: string;
  /** Of `config.json`: what it computes. */
  modelTypes: readonly string[];
  /** Projections of a layer that LoRA may be put on. */
  modules: readonly string[];
  /** Throws a UserError for a config that its graphs do not compute. */
  parse(config: unknown, place: string): ModelDefinition;
  /** A model from scratch. */
  fresh(sizes: FreshSizes): ModelDefinition;
}

/** Sizes as a recipe gives them, by the names of a LLaMA's `config.json`. */
export interface FreshSizes {
  vocabularySize: number;
  positions: number;
  hidden_size: number;
  intermediate_size: number;
  num_hidden_layers: number;
  /** Of an encoder-decoder; null = as many as the encoder has. */
  num_decoder_layers?: number | null;
  num_attention_heads: number;
  num_key_value_heads: number;
  /** Null = hidden_size / num_attention_heads. */
  head_dim?: number | null;
  rope_theta: number;
  tie_word_embeddings: boolean;
  /** Of families that write nodes instead of tokens: the trees of codes. */
  streams?: readonly { name: string; levels: number; nodes: number }[];
  /** Of families that also know items by vectors of their texts: sizes, by the names of their `config.json`. */
  catalogue?: { items: number; text_size: number; code_levels: number; max_items: number };
  /** What cosines of such vectors are divided by; absent: as published. */
  temperature?: number | undefined;
}
