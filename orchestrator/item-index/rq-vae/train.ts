import { floats } from '../../engine/floats.ts';
import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import { initAdamW, updateAdamW } from '../../engine/optimisers/adamw.ts';
import { createParameterStore, type ParameterStore } from '../../engine/optimisers/parameters.ts';
import { learningRateAt } from '../../engine/optimisers/schedule.ts';
import { compile, type TensorView } from '../../engine/program.ts';
import { compileTraining } from '../../engine/training-program.ts';
import { createMatrix, type Matrix } from '../../shared/matrix.ts';
import { createRandom, shuffle } from '../../shared/random.ts';
import type { Reporter } from '../../shared/reporter.ts';
import { takeRows } from '../../shared/take-rows.ts';
import { codebookName, encode, type RqVaeSizes, rqVaeLoss, rqVaeParameters } from './graph.ts';
import { quantise } from './quantise.ts';
import {
  clusterCodes,
  collaborativeFeeds,
  diversityFeeds,
  noRegularisers,
  type Regularisers,
} from './regularisers.ts';
import type { RqVaeSettings } from './settings.ts';
import { startCodebooks } from './start-codebooks.ts';

export interface RqVaeOptions {
  sizes: RqVaeSizes;
  seed: number;
  settings: RqVaeSettings;
  updates: number;
  regularisers?: Regularisers | undefined;
  /** [points, latent] behaviour vectors of the items, for the collaborative regulariser. */
  behaviour?: Matrix | undefined;
  label: string;
  report: Reporter;
  signal?: AbortSignal | undefined;
}

export interface TrainedRqVae {
  /** [points, latent] */
  encoded: Matrix;
  /** [levels] of [codes, latent] */
  codebooks: Matrix[];
  /** Loss of the first and of the last update. */
  losses: { first: number; last: number };
}

const reportEvery = 20;

/** Trains an RQ-VAE on points [n, columns]. Equal arguments give equal results. */
export async function trainRqVae(points: Matrix, options: RqVaeOptions): Promise<TrainedRqVae> {
  const {
    sizes,
    seed,
    settings,
    updates,
    regularisers = noRegularisers,
    behaviour,
    label,
    report,
    signal,
  } = options;
  const store = createParameterStore(rqVaeParameters(sizes, seed));
  const encoder = await compile('rq-vae-encoder', {
    encoded: encode(store.variables, sizes, input('points', ['B', sizes.columns])),
  });
  const program = await compileTraining(
    'rq-vae',
    rqVaeLoss(store.variables, sizes, regularisers, settings),
    store,
  );
  const encodeRows = async (rows: Matrix) => {
    const { encoded } = await encoder.run({ ...store.valueViews, points: viewOf(rows) });
    return createMatrix(rows.rows, sizes.latent, floats(encoded));
  };
  try {
    const adamw = initAdamW(store);
    const batches = endlessBatches(points.rows, settings.batch_size, seed);
    const started = await startCodebooks(await encodeRows(points), {
      kind: settings.codebook_start,
      // Drawn once more, as the first batch of training.
      firstBatch: endlessBatches(points.rows, settings.batch_size, seed).next().value as Int32Array,
      levels: sizes.levels,
      codes: sizes.codes,
      random: (level) => createRandom(seed, 'rq-vae', 'codebook', label, level),
      signal,
    });
    for (const [level, { data }] of started.entries()) store.valueViews[codebookName(level)].data.set(data);
    const losses = { first: 0, last: 0 };
    const feedDiversity = diversityFeeder(store, points.rows, options);
    for (let step = 0; step < updates; step++) {
      signal?.throwIfAborted();
      const rows = batches.next().value as Int32Array;
      const batch = takeRows(points, rows);
      const codes = await quantise(await encodeRows(batch), codebooksOf(store, sizes), {
        spread: settings.sinkhorn,
      });
      const levels = byLevel(codes, sizes.levels);
      losses.last = await program.accumulate(
        {
          points: viewOf(batch),
          ...codeFeeds(levels),
          ...(behaviour ? collaborativeFeeds(takeRows(behaviour, rows)) : {}),
          ...(await feedDiversity(levels, step, rows.length)),
        },
        true,
      );
      if (step === 0) losses.first = losses.last;
      updateAdamW(store, adamw, {
        learningRate: learningRateAt(step, {
          schedule: settings.lr_scheduler,
          learningRate: settings.learning_rate,
          warmupSteps: Math.round(updates * settings.warmup_ratio),
          totalSteps: updates,
        }),
        weightDecay: settings.weight_decay,
        maxGradNorm: settings.max_grad_norm,
      });
      if ((step + 1) % reportEvery === 0)
        report({
          type: 'progress',
          label: `${label} RQ-VAE`,
          done: step + 1,
          total: updates,
          figures: { loss: Number(losses.last.toPrecision(4)) },
        });
    }
    const codebooks = codebooksOf(store, sizes).map(({ rows, columns, data }) =>
      createMatrix(rows, columns, data.slice()),
    );
    return { encoded: await encodeRows(points), codebooks, losses };
  } finally {
    await program.dispose();
    await encoder.dispose();
  }
}

function codebooksOf(store: ParameterStore, { levels, codes, latent }: RqVaeSizes): Matrix[] {
  return Array.from({ length: levels }, (_, level) =>
    createMatrix(codes, latent, store.valueViews[codebookName(level)].data),
  );
}

/** Batches of rows without end: each pass over all rows in an order of its own. */
function* endlessBatches(rows: number, batchSize: number, seed: number): Generator<Int32Array> {
  for (let pass = 0; ; pass++) {
    const order = shuffle(
      Int32Array.from({ length: rows }, (_, row) => row),
      createRandom(seed, 'rq-vae', 'batches', pass),
    );
    const size = Math.min(batchSize, rows);
    for (let start = 0; start + size <= rows; start += size) yield order.slice(start, start + size);
  }
}

/** Feeds of the diversity regulariser for the codes of a batch; codebooks are clustered anew in each pass over the points. */
function diversityFeeder(
  store: ParameterStore,
  points: number,
  { sizes, seed, settings, regularisers, label }: RqVaeOptions,
) {
  const clusters: Int32Array[] = [];
  return async (levels: readonly Int32Array[], step: number, batchRows: number) => {
    const feeds: Record<string, TensorView> = {};
    if (!regularisers?.diversity) return feeds;
    const random = createRandom(seed, 'rq-vae', 'diversity', label, step);
    if (step % Math.floor(points / batchRows) === 0)
      for (const [level, codebook] of codebooksOf(store, sizes).entries())
        clusters[level] = await clusterCodes(codebook, random, settings.diversity_clusters);
    for (const [level, codes] of levels.entries())
      Object.assign(feeds, diversityFeeds(codes, clusters[level], level, random));
    return feeds;
  };
}

function byLevel(codes: Int32Array, levels: number): Int32Array[] {
  return Array.from({ length: levels }, (_, level) => codes.filter((_code, at) => at % levels === level));
}

function codeFeeds(levels: readonly Int32Array[]) {
  return Object.fromEntries(
    levels.map((own, level) => [`code.${level}`, { shape: [own.length], data: int64From(own) }]),
  );
}

function viewOf({ rows, columns, data }: Matrix) {
  return { shape: [rows, columns], data };
}
