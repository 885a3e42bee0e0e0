import { z } from 'zod';
import { type AdamWState, initAdamW, updateAdamW } from '../engine/optimisers/adamw.ts';
import { learningRateAt } from '../engine/optimisers/schedule.ts';
import type { SequenceModel } from '../models/model.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { microBatches } from './batches.ts';
import { type Clock, startClock } from './clock.ts';
import { type Gradients, gradientsOf } from './gradients.ts';
import { type MetricsLog, openMetricsLog } from './metrics-log.ts';
import type { Objective } from './objectives/objective.ts';
import type { RowSource, TrainingOptions } from './options.ts';
import { plannedUpdates } from './planned-updates.ts';
import { loadBest, loadState, saveBest, saveState, type TrainingProgress } from './training-state.ts';

export interface TrainingRun {
  model: SequenceModel;
  source: RowSource;
  /** The parts of the loss; the model's store holds their parameters too. */
  objectives: readonly Objective[];
  options: TrainingOptions;
  /** State, best weights and metrics of this part; training goes on from what is there. */
  folder: string;
  /** Measures the current weights on validation data; null where there are none: then the last weights are the best. */
  validate: (() => Promise<Validation>) | null;
  report: Reporter;
  signal?: AbortSignal;
  /** Whether the weights answer well already, so that they are kept where no epoch improves them. */
  startsTrained?: boolean;
}

export interface Validation {
  /** Decides which weights are best. */
  score: number;
  /** Reported and logged. */
  figures: Record<string, number>;
  /** Only logged. */
  details?: Record<string, number>;
}

export const trainingOutcomeSchema = z.object({
  steps: z.int().nonnegative(),
  tokens: z.number().nonnegative(),
  bestEpoch: z.number(),
  best: z.number().nullable(),
  /** Null if no update was made. */
  lastLoss: z.number().nullable(),
  tokensPerSecond: z.number(),
});

export type TrainingOutcome = z.infer<typeof trainingOutcomeSchema>;

const updatesWithoutFiniteGradient = 5;

/**
 * Trains the model in place and leaves the best weights in its store. Every random draw is a function of the seed and
 * the place in training, and the state is saved whole: a run that is killed at any moment resumes and ends with the
 * same weights. Throws a UserError when training diverges, and `AbortError` when the signal is aborted.
 */
export async function train(run: TrainingRun): Promise<TrainingOutcome> {
  const { model, source, options, folder, report } = run;
  const gradients = gradientsOf({ ...run, longest: source.maxLength });
  const adamw = initAdamW(model.store);
  const state = loadState(folder, model.store, adamw);
  const progress = state ?? freshProgress();
  const log = openMetricsLog(folder, state ? state.step : -1);
  const clock = startClock(progress, () => saveState(folder, model.store, adamw, progress));
  const { epochs, totalSteps } = plannedUpdates(source, options);
  const context: EpochContext = {
    run,
    gradients,
    adamw,
    progress,
    log,
    clock,
    epochs,
    totalSteps,
    skipped: 0,
  };
  try {
    // An adapter starts equal to its base: if no epoch improves it, the base is kept. So is a model that goes on learning.
    if (!state && (options.tuning.kind === 'lora' || run.startsTrained)) await validateEpoch(context);
    while (progress.epoch < epochs && !progress.finished) {
      await trainEpoch(context);
      progress.epoch++;
      progress.batch = 0;
      await validateEpoch(context);
      progress.finished = options.patience > 0 && progress.sinceBest >= options.patience;
      saveState(folder, model.store, adamw, progress);
    }
  } finally {
    await gradients.release();
  }
  loadBest(folder, model.store);
  report({ type: 'progress', label: 'training', done: totalSteps, total: totalSteps });
  return {
    steps: progress.step,
    tokens: progress.tokens,
    bestEpoch: progress.bestEpoch,
    best: progress.best,
    lastLoss: progress.loss,
    tokensPerSecond: Math.round(clock.tokensPerSecond()),
  };
}

interface EpochContext {
  run: TrainingRun;
  gradients: Gradients;
  adamw: AdamWState;
  progress: TrainingProgress;
  log: MetricsLog;
  clock: Clock;
  /** The last one may end early. */
  epochs: number;
  totalSteps: number;
  /** Updates in a row whose gradients were not finite. */
  skipped: number;
}

async function trainEpoch(context: EpochContext): Promise<void> {
  const { run, progress, log, clock, totalSteps } = context;
  const { options, source, model, report } = run;
  const batches = microBatches(source, progress.epoch, {
    microBatchSize: options.micro_batch_size,
    seed: options.seed,
    first: progress.batch,
  });
  for (const group of groupsOf(batches, options.gradient_accumulation_steps)) {
    if (progress.step >= totalSteps) return;
    if (run.signal?.aborted) {
      clock.saveNow();
      throw run.signal.reason;
    }
    const loss = await context.gradients.compute(group, progress.step);
    const learningRate = learningRateAt(progress.step, {
      schedule: options.lr_scheduler,
      learningRate: options.learning_rate,
      warmupSteps: Math.round(totalSteps * options.warmup_ratio),
      totalSteps,
    });
    const norm = updateAdamW(model.store, context.adamw, {
      learningRate,
      beta1: options.adam_beta1,
      beta2: options.adam_beta2,
      weightDecay: options.weight_decay,
      maxGradNorm: options.max_grad_norm,
    });
    context.skipped = Number.isFinite(norm) ? 0 : context.skipped + 1;
    if (context.skipped === updatesWithoutFiniteGradient) throw diverged(progress.step, options);
    progress.step++;
    progress.batch += group.length;
    progress.loss = loss;
    clock.count(group);
    log.append({
      step: progress.step,
      epoch: progress.epoch,
      loss,
      learning_rate: learningRate,
      gradient_norm: norm,
    });
    report({
      type: 'progress',
      label: 'training',
      done: progress.step,
      total: totalSteps,
      figures: {
        epoch: progress.epoch + 1,
        loss: round(loss),
        'tokens/s': Math.round(clock.tokensPerSecond()),
      },
    });
    clock.saveNowAndThen();
  }
}

async function validateEpoch({ run, gradients, progress, log, epochs }: EpochContext): Promise<void> {
  const { options, report, folder, model, validate } = run;
  if (!validate) return;
  const last = progress.epoch === epochs;
  const every = options.validate_every_epochs;
  if (!last && (every === 0 || progress.epoch % every !== 0)) return;
  // Recommending and training do not need memory at the same time.
  await gradients.release();
  const { score, figures, details } = await validate();
  log.append({ step: progress.step, epoch: progress.epoch, ...figures, ...details });
  report({
    type: 'note',
    text: `epoch ${progress.epoch}: ${Object.entries(figures)
      .map(([name, value]) => `${name} ${round(value)}`)
      .join(', ')}`,
  });
  if (progress.best === null || score > progress.best) {
    progress.best = score;
    progress.bestEpoch = progress.epoch;
    progress.sinceBest = 0;
    saveBest(folder, model.store);
  } else progress.sinceBest++;
}

function* groupsOf<T>(values: Iterable<T>, size: number): Generator<T[]> {
  let group: T[] = [];
  for (const value of values) {
    group.push(value);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

function freshProgress(): TrainingProgress {
  return {
    epoch: 0,
    batch: 0,
    step: 0,
    tokens: 0,
    loss: null,
    best: null,
    bestEpoch: 0,
    sinceBest: 0,
    finished: false,
  };
}

function diverged(step: number, options: TrainingOptions): UserError {
  return new UserError('training/diverged', `gradients stopped being finite at update ${step}`, {
    remedy: `Lower learning_rate (now ${options.learning_rate}), raise warmup_ratio, or set max_grad_norm: 1.`,
  });
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
