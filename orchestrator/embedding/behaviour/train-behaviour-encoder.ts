import type { Dataset } from '../../dataset/types.ts';
import { initAdamW, updateAdamW } from '../../engine/optimisers/adamw.ts';
import { learningRateAt } from '../../engine/optimisers/schedule.ts';
import { UserError } from '../../shared/errors.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { createRandom } from '../../shared/random.ts';
import type { Reporter } from '../../shared/reporter.ts';
import { withoutDefaults } from '../../shared/without-defaults.ts';
import { hashJson, hashNumbers } from '../../storage/hash.ts';
import { whitenedRows } from '../whitened-rows.ts';
import { createModel } from './create-model.ts';
import { asEncoder, scoreAll } from './encoder.ts';
import { foldFeatures } from './item-table.ts';
import { resolveBehaviourOptions, sizesOf } from './options.ts';
import { productDigits } from './product-digits.ts';
import { laterBehaviourSettings } from './settings.ts';
import { loadTrainingState, saveTrainingState, type TrainingState } from './training-state.ts';
import { trainingWindows } from './training-windows.ts';
import type {
  BehaviourEncoder,
  BehaviourModel,
  BehaviourOptions,
  BehaviourTrainer,
  ResolvedOptions,
  TrainingWindow,
} from './types.ts';
import { rankCases, validationCases } from './validate.ts';

/**
 * Trains an encoder of behaviour on the training interactions alone. Validation targets are read for one
 * purpose: the epoch with the best NDCG@10 on a sample of users is kept (the last epoch where nobody has a
 * validation target). Equal options and data give equal weights, also across a kill when there is a
 * `checkpointFolder`. Throws a UserError for settings that do not fit, no training data, a broken state on
 * disk, or a loss that is no number.
 */
export async function trainBehaviourEncoder(
  options: BehaviourOptions,
  dataset: Dataset,
  report: Reporter,
  signal?: AbortSignal,
): Promise<BehaviourEncoder> {
  const asked = resolveBehaviourOptions(options);
  // Nothing longer is ever asked.
  const resolved = { ...asked, maxLength: Math.min(asked.maxLength, dataset.historyLimit) };
  const { checkpointFolder } = resolved;
  const sizes = sizesOf(resolved, dataset.items.length);
  const compileOptions = resolved.threads ? { threads: resolved.threads } : {};
  const semantic = semanticOf(resolved);
  const features = resolved.semantic_features ? semantic : undefined;
  const startRows = resolved.start === 'semantic' ? await rowsFrom(semantic!, resolved) : undefined;
  const codes = resolved.encoder === 'rpg' ? await codesFrom(semantic!, resolved, signal) : undefined;
  const model = createModel(sizes, { ...resolved, features, startRows, codes }, compileOptions);
  const windows = trainingWindows(dataset, model.longestWindow);
  const key = stateKey(resolved, dataset, windows);
  const state = resume(model, checkpointFolder, key, report);
  const trainer = await model.prepareTraining(dataset.events, windows);
  const scorer = await model.prepareScoring();
  const cases = validationCases(dataset, resolved.validationUsers, resolved.seed);
  try {
    while (!isFinished(state, resolved)) {
      const loss = await trainEpoch(model, trainer, state, resolved, report, signal);
      state.epoch++;
      const ranked =
        cases.histories.length > 0
          ? await rankCases(
              (histories) => scoreAll(scorer, histories, model.sizes.items),
              cases,
              model.sizes.items,
            )
          : null;
      if (ranked && ranked.ndcgAt10 > (state.best?.figures.ndcgAt10 ?? -1))
        state.best = {
          figures: { epoch: state.epoch, ...ranked },
          values: model.store.values.slice(),
          buffers: Object.values(model.buffers).map(({ data }) => data.slice()),
        };
      if (checkpointFolder) saveTrainingState(checkpointFolder, model, state, key);
      reportEpoch(report, state, resolved, loss, ranked);
    }
  } finally {
    await trainer.dispose();
    await scorer.dispose();
  }
  if (state.best) {
    model.store.values.set(state.best.values);
    for (const [at, { data }] of Object.values(model.buffers).entries()) data.set(state.best.buffers[at]);
  }
  if (!features) return asEncoder(model, state.best?.figures);
  const plain = createModel(sizes, resolved, compileOptions);
  foldFeatures(model, features, plain);
  return asEncoder(plain, state.best?.figures);
}

/** The vectors of texts, where the settings ask for them. */
function semanticOf({ encoder, start, semantic_features, semantic }: ResolvedOptions): Matrix | undefined {
  if (encoder !== 'rpg' && start === 'random' && !semantic_features) return undefined;
  if (!semantic) throw new RangeError('the settings ask for vectors of texts, and none are given');
  return semantic;
}

/** Standard deviation of a number in a row that begins in vectors of the items. */
const startDeviation = 0.1;

async function rowsFrom(semantic: Matrix, { hidden_size, seed }: ResolvedOptions): Promise<Matrix> {
  const rows = await whitenedRows(semantic, hidden_size, createRandom(seed, 'behaviour', 'start'));
  return { ...rows, data: rows.data.map((value) => startDeviation * value) };
}

function codesFrom(
  semantic: Matrix,
  { digits, digit_values, seed }: ResolvedOptions,
  signal: AbortSignal | undefined,
): Promise<Int32Array> {
  const random = createRandom(seed, 'behaviour', 'digits');
  return productDigits(semantic, { digits, values: digit_values }, random, signal);
}

function resume(
  model: BehaviourModel,
  folder: string | undefined,
  key: string,
  report: Reporter,
): TrainingState {
  const found = folder ? loadTrainingState(folder, model, key) : null;
  if (found === 'other')
    report({
      type: 'note',
      text: 'The saved state of the behaviour encoder is for other settings; training starts from scratch.',
    });
  else if (found) {
    report({ type: 'note', text: `The behaviour encoder goes on after epoch ${found.epoch}.` });
    return found;
  }
  return { epoch: 0, adamw: initAdamW(model.store), best: null };
}

function isFinished({ epoch, best }: TrainingState, { epochs, patience }: ResolvedOptions): boolean {
  return epoch >= epochs || (patience > 0 && best !== null && epoch - best.figures.epoch >= patience);
}

/** One pass over all windows; returns the mean loss of a target. */
async function trainEpoch(
  model: BehaviourModel,
  trainer: BehaviourTrainer,
  { epoch, adamw }: TrainingState,
  { seed, learning_rate, lr_scheduler, warmup_ratio, weight_decay, epochs }: ResolvedOptions,
  report: Reporter,
  signal: AbortSignal | undefined,
): Promise<number> {
  const batches = trainer.planEpoch(createRandom(seed, 'behaviour', 'order', epoch));
  const random = createRandom(seed, 'behaviour', 'noise', epoch);
  const totalSteps = epochs * batches.length;
  const warmupSteps = Math.round(warmup_ratio * totalSteps);
  let losses = 0;
  let targets = 0;
  const started = performance.now();
  let reported = started;
  for (const [at, batch] of batches.entries()) {
    signal?.throwIfAborted();
    const loss = await trainer.step(batch, random);
    const rate = learningRateAt(epoch * batches.length + at, {
      schedule: lr_scheduler,
      learningRate: learning_rate,
      warmupSteps,
      totalSteps,
    });
    const norm = updateAdamW(model.store, adamw, {
      learningRate: rate,
      weightDecay: weight_decay,
      maxGradNorm: 1,
    });
    if (!Number.isFinite(norm) || !Number.isFinite(loss))
      throw new UserError(
        'embedding/diverged',
        `the loss of the behaviour encoder is ${loss} in epoch ${epoch + 1}`,
        {
          place: 'embedding.behaviour.learning_rate',
          remedy: `Lower the learning rate; it is ${learning_rate}.`,
        },
      );
    losses += loss * trainer.targetsOf(batch);
    targets += trainer.targetsOf(batch);
    const now = performance.now();
    if (now - reported > 250) {
      reported = now;
      report({
        type: 'progress',
        label: 'behaviour',
        done: epoch + (at + 1) / batches.length,
        total: epochs,
        figures: { loss: losses / targets, 'items/s': Math.round((1000 * targets) / (now - started)) },
      });
    }
  }
  return losses / targets;
}

function reportEpoch(
  report: Reporter,
  state: TrainingState,
  options: ResolvedOptions,
  loss: number,
  ranked: { recallAt10: number; ndcgAt10: number } | null,
): void {
  report({
    type: 'progress',
    label: 'behaviour',
    done: isFinished(state, options) ? options.epochs : state.epoch,
    total: options.epochs,
    figures: {
      epoch: state.epoch,
      loss,
      ...(ranked ? { 'validation recall@10': ranked.recallAt10, 'validation NDCG@10': ranked.ndcgAt10 } : {}),
    },
  });
}

/** What a state on disk belongs to: settings and training interactions. */
function stateKey(options: ResolvedOptions, dataset: Dataset, windows: readonly TrainingWindow[]): string {
  const {
    checkpointFolder: _folder,
    threads: _threads,
    ensemble: _ensemble,
    semantic,
    ...settings
  } = options;
  const read = new Int32Array(windows.length);
  for (const [place, { start, length }] of windows.entries())
    for (let at = start; at < start + length; at++)
      read[place] = (Math.imul(read[place], 31) + dataset.events[at] + 1) | 0;
  const known = semanticOf(options) && semantic ? hashNumbers(semantic.data) : null;
  return hashJson({
    settings: withoutDefaults(settings, laterBehaviourSettings),
    items: dataset.items.length,
    read: hashNumbers(read),
    known,
  });
}
