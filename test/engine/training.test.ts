import test from 'ava';
import * as f from '../../orchestrator/engine/functions.ts';
import { input } from '../../orchestrator/engine/graph.ts';
import { initAdamW, updateAdamW } from '../../orchestrator/engine/optimisers/adamw.ts';
import { createParameterStore } from '../../orchestrator/engine/optimisers/parameters.ts';
import { learningRateAt } from '../../orchestrator/engine/optimisers/schedule.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

const zero = {
  name: 'w',
  shape: [2],
  decay: true,
  initialise: (target: Float32Array) => void target.fill(0),
};

test('a linear regression is learned through a symbolic batch size', async (t) => {
  const store = createParameterStore([{ ...zero, shape: [2, 1] }]);
  const x = input('x', ['N', 2]);
  const error = f.sub(f.matMul(x, store.variables.w), input('y', ['N', 1]));
  const program = await compileTraining('regression', f.sumAll(f.mul(error, error)), store);
  const state = initAdamW(store);
  const random = createRandom(1);
  for (let step = 0; step < 400; step++) {
    const rows = 2 + (step % 3);
    const data = Float32Array.from({ length: rows * 2 }, () => random.normal());
    const y = Float32Array.from({ length: rows }, (_, row) => 2 * data[row * 2] - 3 * data[row * 2 + 1]);
    await program.accumulate({ x: { shape: [rows, 2], data }, y: { shape: [rows, 1], data: y } }, true);
    updateAdamW(store, state, { learningRate: 0.05, weightDecay: 0, maxGradNorm: 0 });
  }
  await program.dispose();
  t.true(Math.abs(store.values[0] - 2) < 1e-2 && Math.abs(store.values[1] + 3) < 1e-2, `${store.values}`);
});

test('accumulated micro-batches have the gradient of the whole batch', async (t) => {
  const store = createParameterStore([{ ...zero, shape: [2, 1], initialise: (w) => void w.set([0.5, -1]) }]);
  const output = f.matMul(input('x', ['N', 2]), store.variables.w);
  const program = await compileTraining('sum', f.sumAll(f.mul(output, output)), store);
  const feed = (...values: number[]) => ({
    x: { shape: [values.length / 2, 2], data: Float32Array.from(values) },
  });
  await program.accumulate(feed(1, 2, 3, 4, 5, 6), true);
  const whole = [...store.gradients];
  await program.accumulate(feed(1, 2), true);
  await program.accumulate(feed(3, 4, 5, 6), false);
  await program.dispose();
  t.deepEqual([...store.gradients], whole);
});

test('a table that is read by rows, by fed and computed ids, and as a whole has the sum of these gradients', async (t) => {
  const rows = 5;
  const store = createParameterStore([
    { ...zero, name: 'table', shape: [rows, 2] },
    { ...zero, name: 'read', shape: [rows, 2] },
  ]);
  const { table, read } = store.variables;
  const ids = input('ids', ['n'], 'int64');
  const others = f.localIds(input('others', ['m'], 'int64'), 2, 4);
  const loss = f.add(
    f.add(
      f.sumAll(f.mul(f.gatherRows(table, ids), input('x', ['n', 2]))),
      f.sumAll(f.mul(f.gatherRows(table, others), 10)),
    ),
    f.add(f.mul(f.sumAll(table), 100), f.sumAll(f.mul(f.gatherRows(read, ids), 7))),
  );
  const program = await compileTraining('rows', loss, store);
  const int64 = (...numbers: number[]) => ({
    shape: [numbers.length],
    data: BigInt64Array.from(numbers, BigInt),
  });
  const floats = (...values: number[]) => ({
    shape: [values.length / 2, 2],
    data: Float32Array.from(values),
  });
  // Larger, smaller and larger again: memory is used anew.
  const batches = [
    { ids: int64(4, 1, 4), others: int64(4), x: floats(1, 2, 3, 4, 5, 6) },
    { ids: int64(0), others: int64(2, 3, 2, 9), x: floats(-1, 1) },
    { ids: int64(3, 3, 3, 3), others: int64(3), x: floats(1, 1, 1, 1, 1, 1, 1, 1) },
  ];
  for (const run of [0, 1]) {
    for (const [at, batch] of batches.entries()) await program.accumulate(batch, at === 0);
    // 100 for each batch; 10 for rows 2, 0, 1, 0, 2 and 1 of the computed ids; the rest is of x.
    t.deepEqual(
      [...store.gradientViews.table.data],
      [
        300 + 20 - 1,
        300 + 20 + 1,
        300 + 20 + 3,
        300 + 20 + 4,
        300 + 20,
        300 + 20,
        300 + 4,
        300 + 4,
        300 + 6,
        300 + 8,
      ],
      `run ${run}`,
    );
    t.deepEqual([...store.gradientViews.read.data], [7, 7, 7, 7, 0, 0, 28, 28, 14, 14], `run ${run}`);
  }
  await program.dispose();
});

test('AdamW follows its formula for two steps, with decay apart from the gradient', (t) => {
  const store = createParameterStore([{ ...zero, initialise: (w) => void w.set([1, -2]) }]);
  const state = initAdamW(store);
  const expected = [1, -2];
  const m = [0, 0];
  const v = [0, 0];
  for (const [step, gradient] of [
    [0.1, -0.4],
    [0.3, 0.2],
  ].entries()) {
    store.gradients.set(gradient);
    updateAdamW(store, state, { learningRate: 0.01, weightDecay: 0.1, maxGradNorm: 0 });
    for (const at of [0, 1]) {
      m[at] = 0.9 * m[at] + 0.1 * gradient[at];
      v[at] = 0.999 * v[at] + 0.001 * gradient[at] ** 2;
      const mHat = m[at] / (1 - 0.9 ** (step + 1));
      const vHat = v[at] / (1 - 0.999 ** (step + 1));
      expected[at] -= 0.01 * 0.1 * expected[at] + (0.01 * mHat) / (Math.sqrt(vHat) + 1e-8);
    }
  }
  for (const at of [0, 1]) t.true(Math.abs(store.values[at] - expected[at]) < 1e-6);
});

for (const size of [1, 7, 16_384, 40_003])
  test(`AdamW follows its formula for ${size} values, with the moments of earlier steps`, (t) => {
    const random = createRandom(size);
    const draw = () => Float32Array.from({ length: size }, () => random.normal());
    const values = draw();
    const store = createParameterStore([{ ...zero, shape: [size], initialise: (w) => void w.set(values) }]);
    const state = { step: 4, mean: draw(), square: draw().map(Math.abs) };
    const [m, v] = [state.mean.slice(), state.square.slice()];
    const gradients = draw();
    store.gradients.set(gradients);
    const norm = updateAdamW(store, state, { learningRate: 0.01, weightDecay: 0.1, maxGradNorm: 1 });
    t.true(Math.abs(norm - Math.hypot(...gradients)) < 1e-9 * norm);
    const clip = Math.min(1, 1 / norm);
    for (let at = 0; at < size; at++) {
      m[at] = 0.9 * m[at] + 0.1 * gradients[at] * clip;
      v[at] = 0.999 * v[at] + 0.001 * (gradients[at] * clip) ** 2;
      const step = m[at] / (1 - 0.9 ** 5) / (Math.sqrt(v[at] / (1 - 0.999 ** 5)) + 1e-8);
      const expected = values[at] - 0.01 * (0.1 * values[at] + step);
      if (!(Math.abs(store.values[at] - expected) < 1e-5))
        t.fail(`value ${at}: ${store.values[at]}, ${expected}`);
      if (!(Math.abs(state.mean[at] - m[at]) < 1e-6)) t.fail(`mean ${at}`);
      if (!(Math.abs(state.square[at] - v[at]) < 1e-6)) t.fail(`square ${at}`);
    }
    t.is(state.step, 5);
  });

test('gradients are clipped to the global norm, and a norm that is not finite changes nothing', (t) => {
  const store = createParameterStore([zero]);
  const state = initAdamW(store);
  store.gradients.set([3, 4]);
  t.is(updateAdamW(store, state, { learningRate: 0.1, weightDecay: 0, maxGradNorm: 1 }), 5);
  t.true(Math.abs(state.mean[0] - 0.06) < 1e-7 && Math.abs(state.mean[1] - 0.08) < 1e-7);
  const before = [...store.values];
  store.gradients.set([Number.NaN, 1]);
  t.true(Number.isNaN(updateAdamW(store, state, { learningRate: 0.1, weightDecay: 0, maxGradNorm: 1 })));
  t.deepEqual([...store.values], before);
  t.is(state.step, 1);
});

test('schedules warm up, then fall', (t) => {
  const options = { learningRate: 1, warmupSteps: 4, totalSteps: 12 };
  t.is(learningRateAt(0, { ...options, schedule: 'cosine' }), 0.25);
  t.is(learningRateAt(3, { ...options, schedule: 'cosine' }), 1);
  t.true(Math.abs(learningRateAt(8, { ...options, schedule: 'cosine' }) - 0.5) < 1e-9);
  t.is(learningRateAt(8, { ...options, schedule: 'linear' }), 0.5);
  t.is(learningRateAt(11, { ...options, schedule: 'constant' }), 1);
});

test('inverse-sqrt falls by the root of the updates, whatever their total', (t) => {
  const options = { schedule: 'inverse-sqrt' as const, learningRate: 1, warmupSteps: 4, totalSteps: 12 };
  const rates = [0, 3, 15, 99].map((step) => learningRateAt(step, options));
  t.deepEqual(rates, [0.25, 1, 0.5, 0.2]);
  t.is(learningRateAt(15, { ...options, totalSteps: 1000 }), 0.5);
  // Without a warm-up the first update is at the peak.
  t.is(learningRateAt(0, { ...options, warmupSteps: 0 }), 1);
  t.is(learningRateAt(24, { ...options, warmupSteps: 0 }), 0.2);
});
