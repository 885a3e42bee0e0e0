import { microBatchCount } from './batches.ts';
import type { TrainingOptions } from './options.ts';

/** How many updates a part of the training makes, and in how many epochs, the last of which may end early. */
export function plannedUpdates(
  { rowsPerEpoch }: { rowsPerEpoch: number },
  options: Pick<TrainingOptions, 'epochs' | 'max_steps' | 'micro_batch_size' | 'gradient_accumulation_steps'>,
): { epochs: number; totalSteps: number } {
  const batches = microBatchCount(rowsPerEpoch, options.micro_batch_size);
  const perEpoch = Math.ceil(batches / options.gradient_accumulation_steps);
  const all = options.epochs * perEpoch;
  const totalSteps = options.max_steps > 0 ? Math.min(all, options.max_steps) : all;
  return { epochs: Math.ceil(totalSteps / perEpoch), totalSteps };
}
