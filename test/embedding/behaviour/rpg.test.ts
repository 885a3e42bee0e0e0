import { join } from 'node:path';
import test from 'ava';
import {
  loadBehaviourEncoder,
  saveBehaviourEncoder,
} from '../../../orchestrator/embedding/behaviour/behaviour-files.ts';
import { causalStates } from '../../../orchestrator/embedding/behaviour/causal-graph.ts';
import { extendEncoder } from '../../../orchestrator/embedding/behaviour/extend-encoder.ts';
import { productDigits } from '../../../orchestrator/embedding/behaviour/product-digits.ts';
import { digitRows, rpgParameters } from '../../../orchestrator/embedding/behaviour/rpg-graph.ts';
import { trainBehaviourEncoder } from '../../../orchestrator/embedding/behaviour/train-behaviour-encoder.ts';
import type { BehaviourEncoder, BehaviourOptions } from '../../../orchestrator/embedding/behaviour/types.ts';
import { floats } from '../../../orchestrator/engine/floats.ts';
import { input } from '../../../orchestrator/engine/graph.ts';
import { int64From } from '../../../orchestrator/engine/int64.ts';
import { createParameterStore } from '../../../orchestrator/engine/optimisers/parameters.ts';
import { compile } from '../../../orchestrator/engine/program.ts';
import { createMatrix, type Matrix } from '../../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../../orchestrator/shared/random.ts';
import { type Reporter, silentReporter } from '../../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { argMax, causalMask, circle, datasetOf, tiny } from './fixtures.ts';

const items = 12;
const rpg: BehaviourOptions = {
  ...tiny,
  encoder: 'rpg',
  digits: 4,
  digit_values: 6,
  temperature: 0.1,
  dropout: 0,
  semantic: drawn(items, 8),
};

function drawn(rows: number, columns: number): Matrix {
  const random = createRandom(5, 'texts');
  return createMatrix(
    rows,
    columns,
    Float32Array.from({ length: rows * columns }, () => random.normal()),
  );
}

test('digits group what lies together in their own dimensions, and any two groupings can meet in one item', async (t) => {
  // One of three places by the first dimension and, independently, one of three by the second.
  const vectors = createMatrix(
    36,
    2,
    Float32Array.from({ length: 72 }, (_, at) => {
      const item = at >> 1;
      return at % 2 === 0 ? 1 + 3 * (item % 3) : 1 + 5 * (Math.floor(item / 3) % 3);
    }),
  );
  const codes = await productDigits(vectors, { digits: 2, values: 3 }, createRandom(1, 'digits'));
  const pairs = new Set<string>();
  for (let item = 0; item < 36; item++) {
    const own = codes.subarray(2 * item, 2 * item + 2);
    pairs.add(String(own));
    for (let other = 0; other < 36; other++) {
      const together = [item % 3 === other % 3, Math.floor(item / 3) % 3 === Math.floor(other / 3) % 3];
      const same = [0, 1].map((digit) => own[digit] === codes[2 * other + digit]);
      // Which dimension became which digit is the whitening's affair.
      t.deepEqual(same.sort(), together.sort());
    }
  }
  t.is(pairs.size, 9);
});

test('it learns which item follows, though no item has a row of its own', async (t) => {
  const dataset = datasetOf(circle(items), items);
  const encoder = await trainBehaviourEncoder(
    { ...rpg, epochs: 25, validationUsers: 0 },
    dataset,
    silentReporter,
  );
  const histories = dataset.userIds.map((_, user) =>
    dataset.events.subarray(dataset.offsets[user], dataset.validationEnd[user]),
  );
  const scores = await encoder.score(histories);
  for (const user of histories.keys())
    t.is(
      argMax(scores.subarray(user * items, (user + 1) * items)),
      dataset.events[dataset.validationEnd[user]],
    );
  await encoder.dispose();
});

test('it scores as its definition says: mean of digits, one head a digit, cosines, their sum', async (t) => {
  const encoder = await trainBehaviourEncoder(
    { ...rpg, epochs: 2 },
    datasetOf(circle(items), items),
    silentReporter,
  );
  const history = [4, 5, 6, 9];
  const scores = await encoder.score([Int32Array.from(history)]);
  const state = await stateAfter(encoder, history);
  for (let item = 0; item < items; item++) {
    const expected = plainScore(encoder, state, item);
    t.true(Math.abs(scores[item] - expected) < 1e-3, `${scores[item]}, ${expected}`);
    const mean = meanOfDigits(encoder, item);
    for (const [at, value] of mean.entries())
      t.true(Math.abs(encoder.embedding.data[item * mean.length + at] - value) < 1e-6);
  }
  await encoder.dispose();
});

test('written and read back, it scores the same', async (t) => {
  const dataset = datasetOf(circle(items), items);
  const encoder = await trainBehaviourEncoder({ ...rpg, epochs: 2 }, dataset, silentReporter);
  const folder = temporaryFolder(t);
  saveBehaviourEncoder(folder, encoder);
  const read = await loadBehaviourEncoder(folder, { threads: 1 });
  const histories = [Int32Array.of(1, 2), Int32Array.of(7)];
  t.deepEqual(await read.score(histories), await encoder.score(histories));
  t.deepEqual(read.embedding, encoder.embedding);
  // A further item would need digits, which are made for all items together.
  await t.throwsAsync(
    extendEncoder(folder, join(folder, 'longer'), () => createMatrix(1, encoder.sizes.hiddenSize)),
    { code: 'embedding/no-rows' },
  );
  await read.dispose();
  await encoder.dispose();
});

test('training that is killed goes on to the same weights and digits', async (t) => {
  const dataset = datasetOf(circle(items), items);
  const long = { ...rpg, dropout: 0.1, epochs: 3 };
  const whole = await trainBehaviourEncoder(long, dataset, silentReporter);
  const resumable = { ...long, checkpointFolder: temporaryFolder(t) };
  const abort = new AbortController();
  const stopAfterFirst: Reporter = (message) => {
    if (message.type === 'progress' && message.figures?.epoch === 1) abort.abort(new Error('killed'));
  };
  await t.throwsAsync(trainBehaviourEncoder(resumable, dataset, stopAfterFirst, abort.signal), {
    message: 'killed',
  });
  const resumed = await trainBehaviourEncoder(resumable, dataset, silentReporter);
  t.deepEqual(resumed.weights, whole.weights);
  await whole.dispose();
  await resumed.dispose();
});

test('fewer dimensions than digits, more values than items, and items without a text are no obstacle', async (t) => {
  const semantic = drawn(items, 2);
  semantic.data.fill(0, 0, 6);
  const encoder = await trainBehaviourEncoder(
    { ...rpg, semantic, digit_values: 40, epochs: 1 },
    datasetOf(circle(items), items),
    silentReporter,
  );
  const scores = await encoder.score([Int32Array.of(1, 2)]);
  t.true(scores.every(Number.isFinite));
  await encoder.dispose();
});

/** Rows of the digits of an item. */
function rowsOf(
  { weights, sizes: { hiddenSize, digits = 0, digitValues = 0 } }: BehaviourEncoder,
  item: number,
) {
  return Array.from({ length: digits }, (_, digit) => {
    const row = digit * digitValues + weights.item_digits.data[item * digits + digit];
    return [...weights[digitRows].data.subarray(row * hiddenSize, (row + 1) * hiddenSize)];
  });
}

function meanOfDigits(encoder: BehaviourEncoder, item: number): number[] {
  const rows = rowsOf(encoder, item);
  return rows[0].map((_, at) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length);
}

function plainScore(encoder: BehaviourEncoder, state: Float32Array, item: number): number {
  const { weights, sizes } = encoder;
  const { hiddenSize, digits = 0, temperature } = sizes;
  const [weight, bias] = [weights['heads.weight'].data, weights['heads.bias'].data];
  return rowsOf(encoder, item).reduce((score, row, digit) => {
    const head = row.map((_, at) => {
      const column = digit * hiddenSize + at;
      const sum = state.reduce(
        (total, value, from) => total + value * weight[from * digits * hiddenSize + column],
        bias[column],
      );
      return state[at] + sum / (1 + Math.exp(-sum));
    });
    const dot = head.reduce((sum, value, at) => sum + value * row[at], 0);
    return score + dot / (Math.hypot(...head) * Math.hypot(...row)) / temperature;
  }, 0);
}

/** The state behind a history, from vectors that are made here. */
async function stateAfter(encoder: BehaviourEncoder, history: readonly number[]): Promise<Float32Array> {
  const { sizes, weights } = encoder;
  const store = createParameterStore(rpgParameters(sizes, null));
  const read = input('read', ['B*T', sizes.hiddenSize]);
  const program = await compile('state', { state: causalStates(store.variables, sizes, read, (x) => x) });
  const length = history.length;
  const { state } = await program.run({
    ...Object.fromEntries(Object.keys(store.variables).map((name) => [name, weights[name]])),
    read: {
      shape: [length, sizes.hiddenSize],
      data: Float32Array.from(history.flatMap((item) => meanOfDigits(encoder, item))),
    },
    positions: { shape: [1, length], data: int64From(Array.from(history.keys())) },
    rows: { shape: [1], data: int64From([length - 1]) },
    causal: causalMask(length),
  });
  await program.dispose();
  return floats(state);
}
