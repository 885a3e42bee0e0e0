export const taskNames = [
  'sequential-recommendation',
  'item-to-index',
  'index-to-item',
  'fused-sequential-recommendation',
  'item-search',
  'preference',
] as const;

export type TaskName = (typeof taskNames)[number];

/** `user`: one causal pass over a whole history, a loss on every next item. `prefix`: one prompt for each prefix. */
export type Layout = 'user' | 'prefix';

/** One row of training: token ids and where they are learned. */
export interface TrainingRow {
  task: TaskName;
  input_ids: Int32Array;
  /** [input_ids.length] weight of the loss for predicting token t from the tokens before it; 0 for prompt tokens. */
  loss_weights: Float32Array;
  /** Where an item's code ends, and which item: a summary of everything up to that target (contrastive tasks). */
  summaries: { position: number; item: number }[];
}
