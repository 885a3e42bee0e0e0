import test from 'ava';
import type { TensorView } from '../../orchestrator/engine/program.ts';
import { buildTrie } from '../../orchestrator/item-index/trie.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { projectionNames } from '../../orchestrator/models/llama/tensors.ts';
import { loraModel } from '../../orchestrator/models/lora.ts';
import { fullModel } from '../../orchestrator/models/model-tensors.ts';
import type { TrainingRow } from '../../orchestrator/prompts/types.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { codeDigits } from '../../orchestrator/training/code-digits.ts';
import { legalDigits, type Teaching } from '../../orchestrator/training/objectives/legal-digits.ts';
import { withNextToken } from '../../orchestrator/training/objectives/registry.ts';
import { forecastShares, shareTable, teacherFrom } from '../../orchestrator/training/teacher.ts';
import { train } from '../../orchestrator/training/train.ts';
import { tinyConfig } from '../models/tiny-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wholeRow } from './whole-row.ts';

/** Shares are kept in 16 bits: 11 of them say where between two powers of 2. */
const halfPrecision = 2 ** -11;
/** Codes of five items; two share both digits, as items of a foreign index may. */
const codes = [
  [0, 0],
  [0, 2],
  [1, 1],
  [1, 2],
  [1, 2],
];
/** Tokens of the digits, in a vocabulary of eleven. */
const codeTokenIds = [
  [6, 7],
  [8, 9, 10],
];
/** Two users; the last two events of each are for validation and test. */
const dataset = {
  items: Array.from({ length: 5 }, (_, item) => ({ item_id: `${item}`, title: '' })) as never,
  userIds: ['u', 'v'],
  offsets: Int32Array.of(0, 6, 11),
  trainEnd: Int32Array.of(4, 9),
  events: Int32Array.of(0, 2, 3, 1, 4, 0, 1, 4, 2, 3, 3),
  historyLimit: 2,
};
/** Any scores will do, as long as they are functions of the history. */
const scoresOf = (history: Int32Array) => {
  const random = createRandom(7, ...history);
  return Array.from({ length: 5 }, () => 2 * random.normal());
};

test('a share is the probability of all items below a digit, given the digits before it', async (t) => {
  const { teacher } = await preparedTeacher();
  for (const { event, history } of trainingEvents) {
    // Nobody here takes an item again in training, so the forecast has none of the history.
    const weights = scoresOf(history).map((score, item) => (history.includes(item) ? 0 : Math.exp(score)));
    const own = codes[dataset.events[event]];
    for (const [level, width] of [2, 3].entries()) {
      const row = new Float32Array(width);
      teacher.addShares(event, level, 0.5, row);
      const siblings = codes
        .map((_, item) => item)
        .filter((item) => level === 0 || codes[item][0] === own[0]);
      const mass = (items: number[]) => items.reduce((sum, item) => sum + weights[item], 0);
      const expected = Array.from({ length: width }, (_, digit) => {
        const below = siblings.filter((item) => codes[item][level] === digit);
        if (mass(siblings) > 0) return (0.5 * mass(below)) / mass(siblings);
        // Where all items are of the history, the forecast says nothing: all digits that can come are alike.
        const digits = new Set(siblings.map((item) => codes[item][level])).size;
        return below.length > 0 ? 0.5 / digits : 0;
      });
      for (const [digit, share] of expected.entries())
        t.true(
          Math.abs(row[digit] - share) < halfPrecision,
          `event ${event}, level ${level}, digit ${digit}`,
        );
      t.true(Math.abs(row.reduce((a, b) => a + b, 0) - 0.5) < 1e-6);
    }
  }
});

test('items of the history get the share of repeats that the training events have', async (t) => {
  // Item 2 is taken again by the first user: one of five training events.
  const events = Int32Array.of(0, 2, 2, 1, 4, 0, 1, 4, 2, 3, 3);
  const { teacher } = await preparedTeacher(
    Array.from({ length: 5 }, (_, item) => [item]),
    { ...dataset, events },
    [[5, 6, 7, 8, 9]],
  );
  const row = new Float32Array(5);
  teacher.addShares(3, 0, 1, row);
  t.true(Math.abs(row[2] - 0.2) < halfPrecision, 'the history of the last training event is item 2, twice');
  t.true(Math.abs(row[0] + row[1] + row[3] + row[4] - 0.8) < halfPrecision);
});

test('the teacher is asked about training histories alone, cut to the history limit', async (t) => {
  const { asked } = await preparedTeacher();
  t.deepEqual(
    asked,
    [...trainingEvents]
      .sort((a, b) => a.history.length - b.history.length)
      .map(({ history }) => [...history]),
  );
});

test('digits of a history are learned from shares and the true digit, other tokens as ever', async (t) => {
  const { teaching } = await preparedTeacher();
  const text: TrainingRow = {
    task: 'item-search',
    source: Int32Array.of(1, 2),
    target: Int32Array.of(6, 8),
    weights: Float32Array.of(1, 1),
    summaries: [{ position: 1, item: 0 }],
  };
  const feeds = batchFeeds([historyRow, text], 8, teaching({ distillation: 0.25 }));
  t.deepEqual([...(feeds.targets.data as BigInt64Array)].map(Number), [6, 8]);
  for (const [level, digits] of [2, 3].entries()) {
    t.deepEqual(feeds[`taught/${level}`].shape, [3]);
    t.deepEqual(Array.from(feeds[`code_tokens/${level}`].data, Number), codeTokenIds[level]);
    const shares = feeds[`shares/${level}`].data as Float32Array;
    for (let item = 0; item < 3; item++) {
      const own = shares.subarray(item * digits, (item + 1) * digits);
      t.true(Math.abs(own.reduce((a, b) => a + b, 0) - 1) < 1e-6);
      const target = historyRow.target[3 + 2 * item + level];
      t.true(own[codeTokenIds[level].indexOf(target)] >= 0.75, 'the true digit has its part');
    }
  }
  const alone = batchFeeds([text], 2, teaching({ distillation: 0.25 }));
  t.deepEqual(
    [0, 1].map((level) => Array.from(alone[`taught_weights/${level}`].data, Number)),
    [[0], [0]],
    'a batch without any history learns none',
  );
});

test('a digit is learned among those that can come, and not at all where only one can', async (t) => {
  // Item 2, the first of the three that are learned, is alone under its first digit.
  const { teaching } = await preparedTeacher([
    [1, 0],
    [1, 1],
    [0, 1],
    [1, 2],
    [1, 2],
  ]);
  const { position } = historyRow.summaries[0];
  const target = historyRow.target.slice();
  target.set([codeTokenIds[0][0], codeTokenIds[1][1]], position - 1);
  const feeds = batchFeeds([{ ...historyRow, target }], 6, teaching({ distillation: 0.5 }));
  t.deepEqual(feeds['taught/0'].shape, [3]);
  t.deepEqual(Array.from(feeds['taught/1'].data, Number), [5, 7], 'the places before the other two');
  t.deepEqual(
    [...feeds['blocked/1'].data].map((value) => Number(value) === 0),
    new Array(6).fill(true),
  );
  t.deepEqual(feeds.weights.data, Float32Array.of(0), 'nor as any other token');
  const whole = await preparedTeacher();
  const among = batchFeeds([historyRow], 6, whole.teaching({ distillation: 0.5 }));
  t.deepEqual(
    [...among['blocked/1'].data].map((value) => Number(value) === 0),
    [1, 2, 3].flatMap((event) => {
      const first = codes[dataset.events[event]][0];
      return [0, 1, 2].map((digit) => codes.some((code) => code[0] === first && code[1] === digit));
    }),
  );
});

test('a first item that is learned has no history to be forecast from: its target is the true digit', async (t) => {
  const { teaching } = await preparedTeacher();
  const first: TrainingRow = {
    ...historyRow,
    weights: Float32Array.of(0, 1, 1, 1, 1, 1, 1, 1, 1),
    summaries: [{ position: 2, item: dataset.events[0], event: 0 }, ...historyRow.summaries],
  };
  const feeds = batchFeeds([first], 8, teaching({ distillation: 1 }));
  t.deepEqual(feeds['taught/0'].shape, [4]);
  t.deepEqual([...feeds['shares/0'].data.subarray(0, 2)], [1, 0]);
});

test('label smoothing gives a part of the target to every digit that can come, and to no other', async (t) => {
  const { teaching } = await preparedTeacher();
  const feeds = batchFeeds([historyRow], 6, { ...teaching({ labelSmoothing: 0.3 }), teacher: null });
  // Events 1, 2 and 3 are of the codes 1 1, 1 2 and 0 2; below 1 come 1 and 2, below 0 come 0 and 2.
  const expected = [
    [0, 0.85, 0.15],
    [0, 0.15, 0.85],
    [0.15, 0, 0.85],
  ].flat();
  const shares = [...(feeds['shares/1'].data as Float32Array)];
  for (const [at, share] of shares.entries()) t.true(Math.abs(share - expected[at]) < 1e-6, `share ${at}`);
});

for (const tuning of ['full', 'lora'] as const)
  test(`${tuning} tuning towards a teacher alone ends at the entropy of its shares`, async (t) => {
    const { teacher, teaching } = await preparedTeacher();
    const outcome = await trainTowards(teaching({ distillation: 1 }), tuning, temporaryFolder(t));
    const entropies = [1, 2, 3].flatMap((event) =>
      [0, 1].map((level) => {
        const row = new Float32Array(codeTokenIds[level].length);
        teacher.addShares(event, level, 1, row);
        return row.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
      }),
    );
    const floor = entropies.reduce((a, b) => a + b, 0) / entropies.length;
    t.true(Number(outcome.lastLoss) > floor - 1e-4, `${outcome.lastLoss} against ${floor}`);
    t.true(Number(outcome.lastLoss) < floor + 0.05, `${outcome.lastLoss} against ${floor}`);
  });

const trainingEvents = [1, 2, 3, 7, 8].map((event) => {
  const start = event < 6 ? 0 : 6;
  return { event, history: dataset.events.subarray(Math.max(start, event - 2), event) };
});

/** The first user's training events, as the layout `user` shows them. */
const historyRow = wholeRow(
  [
    1,
    ...[0, 1, 2, 3].flatMap((event) =>
      codes[dataset.events[event]].map((digit, level) => codeTokenIds[level][digit]),
    ),
  ],
  [0, 0, 0, 1, 1, 1, 1, 1, 1],
  [1, 2, 3].map((event) => ({ position: 2 + 2 * event, item: dataset.events[event], event })),
);

/** What a pass of a LLaMA over these rows is fed. */
function batchFeeds(rows: readonly TrainingRow[], total: number, teaching: Teaching) {
  const batch = llama(tinyConfig()).batch(rows, false);
  const feeds: Record<string, TensorView> = { ...batch.feeds };
  for (const objective of withNextToken([legalDigits(teaching)]))
    Object.assign(feeds, objective.feeds(batch, rows, total, createRandom(0)));
  return feeds;
}

async function preparedTeacher(itemCodes = codes, log = dataset, tokenIds = codeTokenIds) {
  const asked: number[][] = [];
  const trie = buildTrie({
    levels: tokenIds.length,
    levelSizes: tokenIds.map((ids) => ids.length),
    codes: Int32Array.from(itemCodes.flat()),
  });
  const digits = codeDigits(log, trie, tokenIds);
  const table = shareTable(log, digits);
  const shares = new Uint16Array(table.total);
  await forecastShares({
    dataset: log,
    trie,
    digits,
    table,
    score: async (histories) => {
      asked.push(...histories.map((history) => [...history]));
      return Float32Array.from(histories.flatMap(scoresOf));
    },
    write: (first, own) => shares.set(own, first),
    report: silentReporter,
  });
  const source = {
    length: shares.length,
    read: (first: number, count: number) => shares.slice(first, first + count),
  };
  const teacher = teacherFrom(source, log, digits);
  const teaching = (settings: Partial<Teaching>): Teaching => ({
    digits,
    teacher,
    distillation: 0,
    labelSmoothing: 0,
    ...settings,
  });
  return { teacher, teaching, asked };
}

async function trainTowards(teaching: Teaching, tuning: 'full' | 'lora', folder: string) {
  const config = tinyConfig();
  const weights = initialWeights(llama(config), 1);
  const lora = { lora_r: 2, lora_alpha: 4, lora_dropout: 0, lora_target_modules: projectionNames };
  return train({
    model:
      tuning === 'full'
        ? fullModel(llama(config), weights)
        : loraModel(llama(config), weights, { ...lora, firstNewToken: 6, seed: 2 }),
    source: { maxLength: 10, rowsPerEpoch: 1, epoch: () => ({ length: 1, row: () => historyRow }) },
    objectives: withNextToken([legalDigits(teaching)]),
    options: {
      learning_rate: 0.02,
      lr_scheduler: 'cosine',
      warmup_ratio: 0.1,
      weight_decay: 0,
      max_grad_norm: 1,
      adam_beta1: 0.9,
      adam_beta2: 0.98,
      epochs: 300,
      max_steps: 0,
      micro_batch_size: 1,
      micro_batch_tokens: 2048,
      gradient_accumulation_steps: 1,
      dropout: 0,
      tuning: tuning === 'full' ? { kind: 'full' } : { kind: 'lora', lora },
      validate_every_epochs: 0,
      patience: 0,
      seed: 5,
    },
    folder,
    validate: async () => ({ score: 0, figures: {} }),
    report: silentReporter,
  });
}
