export type ScheduleName = 'constant' | 'linear' | 'cosine' | 'inverse-sqrt';

export interface ScheduleOptions {
  schedule: ScheduleName;
  /** Highest rate, reached at the end of the warm-up. */
  learningRate: number;
  warmupSteps: number;
  totalSteps: number;
}

/**
 * The learning rate of update `step` (from 0): a linear warm-up, then the schedule. `linear` and `cosine` end at zero;
 * `inverse-sqrt` falls by the root of the updates so far (Vaswani et al. 2017, section 5.3), however many are to come.
 */
export function learningRateAt(
  step: number,
  { schedule, learningRate, warmupSteps, totalSteps }: ScheduleOptions,
): number {
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  if (schedule === 'constant') return learningRate;
  if (schedule === 'inverse-sqrt') return learningRate * Math.sqrt(Math.max(1, warmupSteps) / (step + 1));
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
  return schedule === 'linear'
    ? learningRate * (1 - progress)
    : learningRate * 0.5 * (1 + Math.cos(Math.PI * progress));
}
