export type ScheduleName = 'constant' | 'linear' | 'cosine';

export interface ScheduleOptions {
  schedule: ScheduleName;
  /** Highest rate, reached at the end of the warm-up. */
  learningRate: number;
  warmupSteps: number;
  totalSteps: number;
}

/** The learning rate of update `step` (from 0): a linear warm-up, then the schedule down to zero. */
export function learningRateAt(
  step: number,
  { schedule, learningRate, warmupSteps, totalSteps }: ScheduleOptions,
): number {
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  if (schedule === 'constant') return learningRate;
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
  return schedule === 'linear'
    ? learningRate * (1 - progress)
    : learningRate * 0.5 * (1 + Math.cos(Math.PI * progress));
}
