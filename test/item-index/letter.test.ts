import test from 'ava';
import { createParameterStore } from '../../orchestrator/engine/optimisers/parameters.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { buildItemIndex } from '../../orchestrator/item-index/build-item-index.ts';
import { type RqVaeSizes, rqVaeLoss, rqVaeParameters } from '../../orchestrator/item-index/rq-vae/graph.ts';
import {
  clusterCodes,
  collaborativeFeeds,
  diversityFeeds,
  noRegularisers,
  type Regularisers,
} from '../../orchestrator/item-index/rq-vae/regularisers.ts';
import { rowOf } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { clusteredPoints, distinctCodes, plainOptions } from './fixtures.ts';
import { drawn, network, type Values, valuesOf } from './plain-rq-vae.ts';

const sizes: RqVaeSizes = { columns: 4, hidden: [5], latent: 3, levels: 2, codes: 4 };
const points = drawn(6, 4, 1);
const behaviour = drawn(6, 3, 2);
const codes = [Int32Array.of(0, 1, 2, 3, 0, 1), Int32Array.of(3, 3, 1, 0, 2, 2)];
const clusters = Int32Array.of(0, 1, 0, 1);
const positives = [
  [2, 3, 0, 1, 2, 3],
  [1, 1, 3, 2, 0, 0],
];
const weights: Regularisers = { collaborative: 0.7, diversity: 0.3 };

test('what the regularisers add to the loss is what LETTER writes down', async (t) => {
  const [without, whole] = [await compiled(noRegularisers), await compiled(weights)];
  const added = (await whole.run()) - (await without.run());
  const values = valuesOf(whole.store);
  const expected = plainTerms(values, values);
  t.true(Math.abs(added - expected) < 1e-5, `${added} ${expected}`);
});

test('and its gradients are those of finite differences, straight through the codes', async (t) => {
  const [without, whole] = [await compiled(noRegularisers), await compiled(weights)];
  await without.run();
  await whole.run();
  const held = valuesOf(whole.store);
  const gradient = ({ store }: typeof whole, name: string, at: number) => store.gradientViews[name].data[at];
  for (const name of ['encoder.0.weight', 'encoder.1.bias', 'codebook.0', 'codebook.1'])
    for (const at of [0, 4]) {
      const step = 1e-4;
      const moved = (by: number) => {
        const values = valuesOf(whole.store);
        values[name][at % values[name].length] += by;
        return plainTerms(values, held);
      };
      const place = at % held[name].length;
      const numeric = (moved(step) - moved(-step)) / (2 * step);
      const own = gradient(whole, name, place) - gradient(without, name, place);
      t.true(Math.abs(own - numeric) < 1e-4 + 1e-3 * Math.abs(numeric), `${name} ${own} ${numeric}`);
    }
});

test('a positive is another code of the same cluster, and no code is alone in its own', async (t) => {
  const codebook = clusteredPoints(24, 3, 6, 4);
  const found = await clusterCodes(codebook, createRandom(1));
  const sizesOf = [...new Set(found)].map((cluster) => found.filter((own) => own === cluster).length);
  t.is(sizesOf.length, 10);
  t.true(sizesOf.every((size) => size >= 2));
  const asked = Int32Array.from({ length: 24 }, (_, code) => code);
  const feeds = diversityFeeds(asked, found, 0, createRandom(2));
  for (const [code, positive] of [...(feeds['positive.0'].data as BigInt64Array)].map(Number).entries()) {
    t.not(positive, code);
    t.is(found[positive], found[code]);
  }
});

test('the clusters of a codebook may have sizes between bounds, as published', async (t) => {
  const codebook = clusteredPoints(256, 8, 12, 4);
  const sizesOf = (found: Int32Array) =>
    [...new Set(found)].map((cluster) => found.filter((own) => own === cluster).length);
  const bounded = sizesOf(await clusterCodes(codebook, createRandom(1), 'bounded'));
  t.is(bounded.length, 10);
  t.true(bounded.every((size) => size >= 10 && size <= 60));
  t.true(Math.max(...bounded) > Math.max(...sizesOf(await clusterCodes(codebook, createRandom(1)))));
  const few = sizesOf(await clusterCodes(clusteredPoints(5, 3, 2, 4), createRandom(1), 'bounded'));
  t.true(few.every((size) => size >= 2));
});

test('an index by LETTER tells all items apart, and behaviour changes codes that are made of texts', async (t) => {
  const options = {
    ...plainOptions,
    method: 'rq-vae' as const,
    semantic: clusteredPoints(120, 6, 8, 1),
    behaviour: clusteredPoints(120, 5, 9, 2),
    sources: ['semantic' as const],
    collaborative_weight: 1,
    diversity_weight: 0.01,
  };
  const index = await buildItemIndex(options, silentReporter);
  t.is(distinctCodes(index), 120);
  const other = await buildItemIndex(
    { ...options, behaviour: clusteredPoints(120, 5, 9, 3) },
    silentReporter,
  );
  t.notDeepEqual(other.codes, index.codes);
  const again = await buildItemIndex(options, silentReporter);
  t.deepEqual(again.codes, index.codes);
});

async function compiled(regularisers: Regularisers) {
  const store = createParameterStore(rqVaeParameters(sizes, 1));
  const random = createRandom(9);
  for (let at = 0; at < store.values.length; at++) store.values[at] += 0.5 * random.normal();
  const program = await compileTraining('letter', rqVaeLoss(store.variables, sizes, regularisers), store);
  const feeds = {
    points: { shape: [6, 4], data: points.data },
    ...(regularisers.collaborative > 0 ? collaborativeFeeds(behaviour) : {}),
  };
  for (const [level, own] of codes.entries()) {
    const list = (values: ArrayLike<number>) => BigInt64Array.from(Array.from(values), BigInt);
    Object.assign(feeds, { [`code.${level}`]: { shape: [6], data: list(own) } });
    if (regularisers.diversity > 0)
      Object.assign(feeds, diversityFeeds(own, clusters, level, createRandom(1)), {
        [`positive.${level}`]: { shape: [6], data: list(positives[level]) },
      });
  }
  return { store, run: () => program.accumulate(feeds, true) };
}

/** alpha L_CF + mean over levels of beta L_div, pair by pair; what gradients do not go through comes from `held`. */
function plainTerms(values: Values, held: Values): number {
  const code = (own: Values, level: number, digit: number) =>
    own[`codebook.${level}`].slice(digit * sizes.latent, (digit + 1) * sizes.latent);
  let collaborative = 0;
  let diversity = 0;
  for (let row = 0; row < points.rows; row++) {
    const point = [...rowOf(points, row)];
    const [encoded, constant] = [values, held].map((own) => network(own, 'encoder', point));
    const quantised = encoded.map(
      (value, at) =>
        value - constant[at] + codes.reduce((sum, own, level) => sum + code(held, level, own[row])[at], 0),
    );
    const likeness = Array.from({ length: 6 }, (_, other) => dot(quantised, [...rowOf(behaviour, other)]));
    collaborative += logSumExp(likeness) - likeness[row];
    for (let level = 0; level < sizes.levels; level++) {
      const own = code(values, level, codes[level][row]);
      const others = [0, 1, 2, 3].filter((digit) => digit !== codes[level][row]);
      diversity +=
        logSumExp(others.map((digit) => dot(own, code(values, level, digit)))) -
        dot(own, code(values, level, positives[level][row]));
    }
  }
  return (weights.collaborative * collaborative + (weights.diversity * diversity) / sizes.levels) / 6;
}

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, value, at) => sum + value * b[at], 0);
}

function logSumExp(values: number[]): number {
  return Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0));
}
