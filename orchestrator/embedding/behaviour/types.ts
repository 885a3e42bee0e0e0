import type { ParameterStore } from '../../engine/optimisers/parameters.ts';
import type { Matrix } from '../../shared/matrix.ts';
import type { Random } from '../../shared/random.ts';
import type { FloatTensor } from '../../storage/safetensors.ts';
import type { BehaviourEncoderName, BehaviourSettings } from './settings.ts';

/** What decides the shape of a model; written beside its weights. */
export interface BehaviourSizes {
  encoder: BehaviourEncoderName;
  items: number;
  /** Numbers in the vector of an item. */
  hiddenSize: number;
  /** Transformer blocks (sasrec, rpg). */
  numLayers: number;
  /** Attention heads (sasrec, rpg); `hiddenSize / numHeads` is a whole, even number. */
  numHeads: number;
  /** Longest history that is read, in items; only the latest are kept of a longer one. */
  maxLength: number;
  /** sasrec, rpg: scores are cosines divided by this; 0 = plain inner products (sasrec). */
  temperature: number;
  /** din: lengths of windows of the history, the latest first, each summed up by itself; none = the whole at once. */
  windows: readonly number[];
  /** din: false where the head does not see the products of the candidate with the windows. */
  headProduct?: boolean | undefined;
  /** rpg: digits of an item, and values of each. */
  digits?: number | undefined;
  digitValues?: number | undefined;
}

/** The settings, and what a training needs beside them. */
export interface BehaviourOptions extends BehaviourSettings {
  seed: number;
  /** Vectors of the items by their texts, [items x any]; read by rpg, with `start: semantic` and `semantic_features`. */
  semantic?: Matrix;
  /** Longest history in items: 50 for sasrec and rpg, 20 or the sum of `windows` for din; never more than a dataset's `historyLimit`. */
  maxLength?: number;
  /** At most so many users' validation targets choose the epoch. */
  validationUsers?: number;
  /** Where the state is kept after each epoch; training that finds one goes on from it, bit for bit. */
  checkpointFolder?: string;
  /** Processor threads, all cores by default; another number changes the last bits of results. */
  threads?: number;
}

export type ResolvedOptions = BehaviourOptions &
  Required<Pick<BehaviourOptions, 'maxLength' | 'negatives' | 'validationUsers'>>;

/** What a model is made with beside its sizes. */
export interface ModelOptions extends Pick<ResolvedOptions, 'dropout' | 'batch_size' | 'negatives'> {
  /** Null where all weights are read from a file. */
  seed: number | null;
  /** What is known of the items beside the log, [items x any]: their vectors are then learned on top of it. */
  features?: Matrix | undefined;
  /** What the rows of the items begin in, [items x hidden]; they are drawn without it. */
  startRows?: Matrix | undefined;
  /** rpg: the digits of the items, [items * digits]. */
  codes?: Int32Array | undefined;
}

/** A trained encoder: vectors of items, and a recommender of its own right. */
export interface BehaviourEncoder {
  sizes: BehaviourSizes;
  /** [items x hiddenSize] */
  embedding: Matrix;
  weights: Record<string, FloatTensor>;
  /** The validation figures of the epoch that was kept; absent when there was nothing to validate on. */
  validation?: ValidationFigures | undefined;
  /**
   * Scores of all items as the next after each history (item numbers, oldest first): [histories x items].
   * An empty history scores every item 0.
   */
  score(histories: readonly Int32Array[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export interface ValidationFigures {
  epoch: number;
  recallAt10: number;
  ndcgAt10: number;
}

/** Part of one user's training interactions: `events[start .. start + length)`, all of them inputs or targets. */
export interface TrainingWindow {
  start: number;
  length: number;
}

/** An architecture at given sizes: what the training loop and the files see of it. */
export interface BehaviourModel {
  sizes: BehaviourSizes;
  store: ParameterStore;
  /** What is kept with the weights but not trained by gradients (running statistics, digits). */
  buffers: Record<string, FloatTensor>;
  /** Inputs of the longest window that training wants. */
  longestWindow: number;
  prepareTraining(events: Int32Array, windows: readonly TrainingWindow[]): Promise<BehaviourTrainer>;
  prepareScoring(): Promise<BehaviourScorer>;
}

export interface BehaviourTrainer {
  /** Batches of one epoch, each a list of examples (numbered by the trainer). */
  planEpoch(random: Random): Int32Array[];
  /** Targets that a batch is trained on. */
  targetsOf(batch: Int32Array): number;
  /** Loss and gradients of one batch (into the store); `random` draws dropout and negatives. Returns the mean loss. */
  step(batch: Int32Array, random: Random): Promise<number>;
  dispose(): Promise<void>;
}

export interface BehaviourScorer {
  /** Scores of a few non-empty histories: [histories x items]. */
  score(histories: readonly Int32Array[], into: Float32Array): Promise<void>;
  /** Histories that go into one call. */
  chunk: number;
  dispose(): Promise<void>;
}
