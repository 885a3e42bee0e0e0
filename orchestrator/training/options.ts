import type { ScheduleName } from '../engine/optimisers/schedule.ts';
import type { Example } from '../shared/example.ts';

/** How one stage of training goes; names as users of other trainers know them. */
export interface TrainingOptions {
  learning_rate: number;
  lr_scheduler: ScheduleName;
  /** Share of all updates. */
  warmup_ratio: number;
  weight_decay: number;
  max_grad_norm: number;
  adam_beta1: number;
  adam_beta2: number;
  epochs: number;
  /** Rows that are sorted by length and drawn together. */
  micro_batch_size: number;
  /** Tokens of one pass through the graph, padding included; a micro-batch of more is cut. Bounds the memory. */
  micro_batch_tokens: number;
  /** Micro-batches of one update. */
  gradient_accumulation_steps: number;
  /** Share of what attention and MLP add that is dropped. */
  dropout: number;
  tuning: { kind: 'full' } | { kind: 'lora'; lora: LoraTuning };
  validate_every_epochs: number;
  /** Validations without a new best before training stops; 0 goes through all epochs. */
  patience: number;
  seed: number;
}

export interface LoraTuning {
  lora_r: number;
  lora_alpha: number;
  lora_dropout: number;
  lora_target_modules: readonly string[];
}

/** The rows of training, any of them at any time: what a resume needs. */
export interface RowSource {
  /** Longest row in tokens. */
  maxLength: number;
  /** The same for every epoch. */
  rowsPerEpoch: number;
  /** Rows of an epoch, in the epoch's own order; equal calls give equal rows. */
  epoch(epoch: number): { length: number; row(at: number): Example };
}
