import type { Example } from '../shared/example.ts';
import type { TrainingPart } from './settings.ts';

type AdapterPart = Extract<TrainingPart, { tuning: 'lora' | 'qlora' }>;

export type LoraTuning = Pick<AdapterPart, 'lora_r' | 'lora_alpha' | 'lora_dropout'> & {
  lora_target_modules: readonly string[];
};

/** Settings of a part of training, without its objectives and rows. */
export type TrainingOptions = Pick<
  TrainingPart,
  | 'learning_rate'
  | 'lr_scheduler'
  | 'warmup_ratio'
  | 'weight_decay'
  | 'max_grad_norm'
  | 'adam_beta1'
  | 'adam_beta2'
  | 'epochs'
  | 'max_steps'
  | 'micro_batch_size'
  | 'micro_batch_tokens'
  | 'gradient_accumulation_steps'
  | 'dropout'
  | 'validate_every_epochs'
  | 'patience'
> & { tuning: { kind: 'full' } | { kind: 'lora'; lora: LoraTuning }; seed: number };

/** The training rows, with random access, as resuming needs it. */
export interface RowSource {
  /** Longest row in tokens. */
  maxLength: number;
  /** The same for every epoch. */
  rowsPerEpoch: number;
  /** Rows of an epoch, in the epoch's own order; equal calls give equal rows. */
  epoch(epoch: number): { length: number; row(at: number): Example };
}
