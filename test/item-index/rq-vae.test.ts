import test from 'ava';
import { boundedKmeans } from '../../orchestrator/clustering/bounded-kmeans.ts';
import { createParameterStore } from '../../orchestrator/engine/optimisers/parameters.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { buildItemIndex } from '../../orchestrator/item-index/build-item-index.ts';
import {
  type LossSettings,
  type RqVaeSizes,
  rqVaeLoss,
  rqVaeParameters,
} from '../../orchestrator/item-index/rq-vae/graph.ts';
import { quantise, repairCollisions } from '../../orchestrator/item-index/rq-vae/quantise.ts';
import { noRegularisers } from '../../orchestrator/item-index/rq-vae/regularisers.ts';
import { type RqVaeSettings, rqVaeSettings } from '../../orchestrator/item-index/rq-vae/settings.ts';
import { sinkhornAssign } from '../../orchestrator/item-index/rq-vae/sinkhorn.ts';
import { startCodebooks } from '../../orchestrator/item-index/rq-vae/start-codebooks.ts';
import { trainRqVae } from '../../orchestrator/item-index/rq-vae/train.ts';
import { rowOf } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { takeRows } from '../../orchestrator/shared/take-rows.ts';
import { clusteredPoints, distinctCodes, plainOptions } from './fixtures.ts';
import { drawn, network, type Values, valuesOf } from './plain-rq-vae.ts';

const sizes: RqVaeSizes = { columns: 4, hidden: [5], latent: 3, levels: 2, codes: 4 };
const points = drawn(6, 4, 1);
const codes = [
  [0, 1, 2, 3, 0, 1],
  [3, 3, 1, 0, 2, 2],
];

test('the loss is reconstruction, codebook and commitment, with constants where gradients stop', async (t) => {
  const { store, run } = await compiled();
  const { loss } = plainLoss(valuesOf(store), valuesOf(store));
  t.true(Math.abs((await run()) - loss) < 1e-5, `${await run()} ${loss}`);
});

test('the terms of the levels may be summed instead, as ports of TIGER do', async (t) => {
  const [mean, sum] = [await compiled(), await compiled({ level_loss: 'sum' })];
  const values = valuesOf(sum.store);
  const { loss, terms } = plainLoss(values, values);
  const expected = loss + terms * (1 - 1 / sizes.levels);
  t.true(Math.abs((await sum.run()) - expected) < 1e-5);
  t.true((await mean.run()) < expected);
});

for (const commitment of ['every-level', 'first-level'] as const)
  test(`its gradients are those of finite differences that leave the constants as they were: ${commitment} commits`, async (t) => {
    const { store, run } = await compiled({ commitment });
    await run();
    const held = valuesOf(store);
    for (const name of ['encoder.0.weight', 'encoder.1.bias', 'decoder.0.weight', 'codebook.0', 'codebook.1'])
      for (const at of [0, 2]) {
        const step = 1e-4;
        const moved = (by: number) => {
          const values = valuesOf(store);
          values[name][at] += by;
          return plainLoss(values, held, commitment).loss;
        };
        const numeric = (moved(step) - moved(-step)) / (2 * step);
        const own = store.gradientViews[name].data[at];
        t.true(Math.abs(own - numeric) < 1e-4 + 1e-3 * Math.abs(numeric), `${name} ${own} ${numeric}`);
      }
  });

test('where the first level alone commits, the loss is the same', async (t) => {
  const [every, first] = [await compiled(), await compiled({ commitment: 'first-level' })];
  t.true(Math.abs((await every.run()) - (await first.run())) < 1e-6);
});

test('codebooks may start as public code has it, by k-means of the first batch, each level on what the nearest codes leave', async (t) => {
  const encoded = clusteredPoints(200, 3, 12, 5);
  const firstBatch = Int32Array.from({ length: 80 }, (_, at) => at * 2);
  const random = (level: number) => createRandom(1, level);
  const given = { kind: 'first-batch' as const, firstBatch, levels: 2, codes: 8, random };
  const codebooks = await startCodebooks(encoded, given);
  const batch = takeRows(encoded, firstBatch);
  const found = await quantise(batch, codebooks);
  const residuals = Array.from(firstBatch, (_, row) => [...rowOf(batch, row)]);
  for (const [level, codebook] of codebooks.entries()) {
    const digits = Array.from(firstBatch, (_, row) => found[row * 2 + level]);
    for (let code = 0; code < 8; code++) {
      const own = residuals.filter((_, row) => digits[row] === code);
      t.true(own.length > 0);
      for (let column = 0; column < 3; column++) {
        const mean = own.reduce((sum, row) => sum + row[column], 0) / own.length;
        t.true(Math.abs(mean - codebook.data[code * 3 + column]) < 0.05, `${mean}`);
      }
    }
    for (const [row, residual] of residuals.entries())
      for (let column = 0; column < 3; column++) residual[column] -= codebook.data[digits[row] * 3 + column];
  }
  // A batch that is smaller than a codebook cannot fill it.
  const all = await startCodebooks(encoded, { ...given, firstBatch: firstBatch.slice(0, 5) });
  t.is(new Set(await quantise(encoded, all.slice(0, 1))).size, 8);
});

test('or by clusters of bounded sizes of all items, as LETTER starts them', async (t) => {
  const encoded = clusteredPoints(160, 3, 12, 5);
  const random = (level: number) => createRandom(1, level);
  const given = { kind: 'bounded' as const, firstBatch: new Int32Array(0), levels: 1, codes: 8, random };
  const [codebook] = await startCodebooks(encoded, given);
  const bounds = { least: 10, most: 40, iterations: 10, restarts: 10 };
  t.deepEqual(codebook, (await boundedKmeans(encoded, 8, bounds, createRandom(1, 0))).centroids);
});

test('what is quantised may be the vectors as they are, their lengths included', async (t) => {
  const build = (points: 'prepared' | 'as-given', scale: number) => {
    const semantic = clusteredPoints(60, 6, 8, 1);
    for (let row = 0; row < 30; row++) for (let at = 0; at < 6; at++) semantic.data[row * 6 + at] *= scale;
    const rq_vae = rqVaeSettings.parse({ hidden: [8], latent: 4, epochs: 5, points });
    return buildItemIndex(
      { ...plainOptions, method: 'rq-vae', branching: 8, semantic, rq_vae },
      silentReporter,
    );
  };
  t.notDeepEqual((await build('as-given', 1)).codes, (await build('as-given', 9)).codes);
  t.notDeepEqual((await build('as-given', 1)).codes, (await build('prepared', 1)).codes);
});

test('Sinkhorn is the plan of the plain algorithm, and uses all codes alike', (t) => {
  const [rows, width] = [12, 4];
  const random = createRandom(3);
  const distances = Float32Array.from({ length: rows * width }, () => random.float());
  for (const epsilon of [0.5, 0.1])
    t.deepEqual(
      [...sinkhornAssign(distances, rows, width, { epsilon })],
      plainSinkhorn(distances, rows, width, epsilon),
    );
  // Every row is nearest to the first code; the plan still gives each code its three rows.
  const crowded = Float32Array.from({ length: rows * width }, (_, at) => (at % width) * 5 + random.float());
  const counts = new Int32Array(width);
  for (const code of sinkhornAssign(crowded, rows, width, { iterations: 500 })) counts[code]++;
  t.deepEqual([...counts], [3, 3, 3, 3]);
});

test('points that share a code get last digits of their own, as far as the plan tells them apart', async (t) => {
  const codebooks = [drawn(2, 3, 5), drawn(8, 3, 6)];
  const near = drawn(6, 3, 8);
  for (let at = 0; at < near.data.length; at++) near.data[at] *= 0.2;
  const before = await quantise(near, codebooks);
  const after = before.slice();
  await repairCollisions(near, codebooks, after);
  t.true(distinct(before, 2) < distinct(after, 2), `${distinct(before, 2)} to ${distinct(after, 2)}`);
  const first = (found: Int32Array) => [...found.filter((_, at) => at % 2 === 0)];
  t.deepEqual(first(after), first(before));
});

test('training brings the loss down and uses most codes; equal seeds give equal codes', async (t) => {
  const cloud = clusteredPoints(400, 8, 16, 7);
  const options = {
    sizes: { columns: 8, hidden: [32], latent: 8, levels: 2, codes: 16 },
    settings: rqVaeSettings.parse({}),
    updates: 300,
    label: 'points',
    report: silentReporter,
  };
  const { encoded, codebooks, losses } = await trainRqVae(cloud, { ...options, seed: 1 });
  t.true(losses.last < 0.5 * losses.first, `${losses.first} to ${losses.last}`);
  const found = await quantise(encoded, codebooks);
  for (const level of [0, 1])
    t.true(new Set(found.filter((_, at) => at % 2 === level)).size >= 12, `level ${level}`);
  const again = await trainRqVae(cloud, { ...options, seed: 1 });
  t.deepEqual(again.encoded, encoded);
  const other = await trainRqVae(cloud, { ...options, seed: 2 });
  t.notDeepEqual(other.encoded, encoded);
});

test('an index by RQ-VAE tells all items apart', async (t) => {
  const index = await buildItemIndex(
    {
      ...plainOptions,
      method: 'rq-vae',
      semantic: clusteredPoints(120, 6, 8, 1),
      behaviour: clusteredPoints(120, 5, 9, 2),
      sources: ['semantic', 'behaviour'],
    },
    silentReporter,
  );
  t.is(distinctCodes(index), 120);
});

test('a code has as many digits as the recipe says, and one more where items share it', async (t) => {
  const semantic = clusteredPoints(120, 6, 8, 1);
  const build = (rq_vae: Partial<RqVaeSettings>) =>
    buildItemIndex(
      {
        ...plainOptions,
        method: 'rq-vae',
        branching: 8,
        levels: 3,
        semantic,
        rq_vae: rqVaeSettings.parse({ hidden: [16], latent: 4, epochs: 20, batch_size: 60, ...rq_vae }),
      },
      silentReporter,
    );
  const index = await build({ sinkhorn: false });
  t.deepEqual([distinctCodes(index), index.levels], [120, 4]);
  t.true(distinctCodes(index, 0, 3) < 120);
  t.notDeepEqual((await build({ learning_rate: 0.01 })).codes, (await build({})).codes);
});

async function compiled(settings: Partial<LossSettings> = {}) {
  const store = createParameterStore(rqVaeParameters(sizes, 1));
  const random = createRandom(9);
  for (let at = 0; at < store.values.length; at++) store.values[at] += 0.5 * random.normal();
  const program = await compileTraining(
    'rq-vae',
    rqVaeLoss(store.variables, sizes, noRegularisers, {
      level_loss: 'mean',
      commitment: 'every-level',
      ...settings,
    }),
    store,
  );
  const feeds = {
    points: { shape: [6, 4], data: points.data },
    ...Object.fromEntries(
      codes.map((own, level) => [`code.${level}`, { shape: [6], data: BigInt64Array.from(own, BigInt) }]),
    ),
  };
  return { store, run: () => program.accumulate(feeds, true) };
}

/** The loss in plain numbers; what gradients do not go through comes from `held`. */
function plainLoss(
  values: Values,
  held: Values,
  commitment: LossSettings['commitment'] = 'every-level',
): { loss: number; terms: number } {
  let reconstruction = 0;
  let terms = 0;
  for (let row = 0; row < points.rows; row++) {
    const point = [...rowOf(points, row)];
    const [encoded, constant] = [values, held].map((own) => network(own, 'encoder', point));
    let [residual, heldResidual] = [encoded, constant];
    const sum = new Array(sizes.latent).fill(0);
    for (let level = 0; level < sizes.levels; level++) {
      const place = codes[level][row] * sizes.latent;
      const code = (own: Values) => own[`codebook.${level}`].slice(place, place + sizes.latent);
      terms += squares(code(values), heldResidual) + 0.25 * squares(residual, code(held));
      for (const [at, value] of code(held).entries()) sum[at] += value;
      residual = residual.map((value, at) => value - code(held)[at]);
      heldResidual = heldResidual.map((value, at) => value - code(held)[at]);
      if (commitment === 'first-level') residual = heldResidual;
    }
    const through = encoded.map((value, at) => value + sum[at] - constant[at]);
    reconstruction += squares(network(values, 'decoder', through), point);
  }
  const summed = terms / (points.rows * sizes.latent);
  const loss = reconstruction / (points.rows * sizes.columns) + summed / sizes.levels;
  return { loss, terms: summed };
}

function squares(a: number[], b: number[]): number {
  return a.reduce((sum, value, at) => sum + (value - b[at]) ** 2, 0);
}

/** Normalises rows and columns of the whole matrix in turn, as it is written down. */
function plainSinkhorn(distances: Float32Array, rows: number, width: number, epsilon: number): number[] {
  const [least, greatest] = [Math.min(...distances), Math.max(...distances)];
  const middle = (greatest + least) / 2;
  const q = Array.from(distances, (distance) =>
    Math.exp(-(distance - middle) / ((greatest - least) / 2 + 1e-5) / epsilon),
  );
  for (let iteration = 0; iteration < 50; iteration++) {
    for (let row = 0; row < rows; row++) {
      const sum = q.slice(row * width, (row + 1) * width).reduce((a, b) => a + b);
      for (let code = 0; code < width; code++) q[row * width + code] /= sum * rows;
    }
    for (let code = 0; code < width; code++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += q[row * width + code];
      for (let row = 0; row < rows; row++) q[row * width + code] /= sum * width;
    }
  }
  return Array.from({ length: rows }, (_, row) => {
    const own = q.slice(row * width, (row + 1) * width);
    return own.indexOf(Math.max(...own));
  });
}

function distinct(found: Int32Array, levels: number): number {
  const rows = Array.from({ length: found.length / levels }, (_, row) =>
    found.slice(row * levels, (row + 1) * levels).join(),
  );
  return new Set(rows).size;
}
