import test, { type ExecutionContext } from 'ava';
import { createRecommender, type Recommendation } from '../../orchestrator/decoding/beam-search.ts';
import { scoreItems } from '../../orchestrator/decoding/score-items.ts';
import { buildTrie, codeCount } from '../../orchestrator/item-index/trie.ts';
import type { Generator } from '../../orchestrator/models/generator.ts';
import type { LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { projectionNames } from '../../orchestrator/models/llama/tensors.ts';
import { loraModel } from '../../orchestrator/models/lora.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import type { FamilyName } from '../../orchestrator/models/settings.ts';
import {
  longest,
  type PlainResult,
  plainBeamSearch,
  plainTokens,
  randomCodes,
  randomPrompts,
  type TinyCatalogue,
  tinyCatalogue,
} from './tiny-catalogue.ts';

interface Case {
  codes: number[][];
  model?: Partial<LlamaConfig>;
  family?: FamilyName;
}

const cases: Record<string, Case> = {
  'one level': { codes: randomCodes(9, [12], 1) },
  'two levels': { codes: randomCodes(20, [6, 7], 1) },
  'three crowded levels': { codes: randomCodes(40, [4, 4, 4], 2) },
  'four thin levels, most digits forced': { codes: randomCodes(14, [5, 5, 5, 5], 3) },
  'five levels': { codes: randomCodes(24, [3, 3, 3, 3, 3], 4) },
  'collided codes': { codes: randomCodes(40, [3, 3, 3], 5, { collisions: true }) },
  'all items on one code': {
    codes: [
      [1, 0, 2],
      [1, 0, 2],
      [1, 0, 2],
    ],
  },
  'one item': { codes: [[3, 1, 4]] },
  'a common beginning': { codes: randomCodes(9, [3, 4], 6).map((code) => [2, 1, ...code]) },
  'a forced digit in the middle that branches later': {
    codes: [
      [0, 3, 1, 0, 0],
      [0, 3, 1, 0, 1],
      [0, 3, 1, 1, 2],
      [1, 0, 2, 0, 0],
      [1, 0, 2, 0, 1],
      [1, 1, 0, 0, 0],
      [2, 2, 2, 1, 0],
    ],
  },
  'branches at different depths': {
    codes: [
      [0, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 2],
      [1, 0, 0, 0],
      [1, 1, 0, 0],
      [1, 2, 0, 0],
      [2, 1, 0, 1],
      [2, 1, 1, 0],
      [3, 3, 3, 3],
    ],
  },
  // One user's beam has a digit to feed at each level, another's has none and then several at once.
  'chains of unlike lengths': {
    codes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].flatMap((bits) => {
      const tail = [(bits >> 3) & 1, (bits >> 2) & 1, (bits >> 1) & 1, bits & 1];
      return [[0, ...tail], ...(bits < 4 ? [[1, ...tail]] : [])];
    }),
  },
  'grouped queries': { codes: randomCodes(30, [5, 4, 4], 7), model: { num_key_value_heads: 2 } },
  'an untied head': { codes: randomCodes(30, [5, 4, 4], 8), model: { tie_word_embeddings: false } },
  'a T5': { codes: randomCodes(40, [4, 4, 4], 2), family: 't5' },
  'a T5, most digits forced': { codes: randomCodes(14, [5, 5, 5, 5], 3), family: 't5' },
  'a T5, chains of unlike lengths': {
    family: 't5',
    codes: [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bits) => {
      const tail = [(bits >> 2) & 1, (bits >> 1) & 1, bits & 1];
      return [[0, ...tail], ...(bits < 2 ? [[1, ...tail]] : [])];
    }),
  },
};

for (const [name, { codes, model, family }] of Object.entries(cases)) {
  const catalogue = tinyCatalogue(codes, model, { family });
  const prompts = randomPrompts(5, 11);

  test(`enough beams give every code with its exact score: ${name}`, async (t) => {
    await withGenerator(catalogue, async (generator) => {
      const lists = await recommend(catalogue, generator, prompts, 50);
      for (const [at, list] of lists.entries())
        same(t, list, plainBeamSearch(catalogue, prompts[at], Infinity));
    });
  });

  test(`few beams find what a plain beam search finds: ${name}`, async (t) => {
    await withGenerator(catalogue, async (generator) => {
      for (const width of [1, 2, 4]) {
        const lists = await recommend(catalogue, generator, prompts, width);
        for (const [at, list] of lists.entries())
          same(t, list, plainBeamSearch(catalogue, prompts[at], width));
      }
    });
  });

  test(`scoring every item by its whole code gives the scores of the beams: ${name}`, async (t) => {
    await withGenerator(catalogue, async (generator) => {
      const trie = buildTrie(catalogue.index);
      const { vocabulary } = catalogue;
      const scores = await scoreItems({ generator, trie, vocabulary, maxBatchTokens: 32 }, prompts[0]);
      const seen = new Set<number>();
      for (const { items, score } of plainBeamSearch(catalogue, prompts[0], Infinity)) {
        for (const item of items) {
          t.true(Math.abs(scores[item] - score) < 1e-4);
          seen.add(item);
        }
      }
      t.is(seen.size, scores.length);
    });
  });
}

test('a batch of many prompts gives what each prompt gives alone', async (t) => {
  const catalogue = tinyCatalogue(randomCodes(60, [5, 5, 5, 5], 9));
  const prompts = randomPrompts(23, 12);
  await withGenerator(catalogue, async (generator) => {
    const together = await recommend(catalogue, generator, prompts, 6, 1000);
    const inSmallBatches = await recommend(catalogue, generator, prompts, 6, 20);
    for (const [at, prompt] of prompts.entries()) {
      const [alone] = await recommend(catalogue, generator, [prompt], 6);
      same(t, together[at], alone);
      same(t, inSmallBatches[at], alone);
    }
  });
});

test('a model with adapters is decoded as it is', async (t) => {
  const catalogue = tinyCatalogue(randomCodes(30, [5, 4, 4], 7));
  const model = loraModel(catalogue.definition, catalogue.source, {
    lora_r: 2,
    lora_alpha: 4,
    lora_target_modules: projectionNames,
    firstNewToken: plainTokens,
    seed: 1,
  });
  for (let at = 0; at < model.store.values.length; at++) model.store.values[at] += 0.2 * Math.sin(at);
  const generator = await model.definition.compileGenerator(model, longest);
  const prompts = randomPrompts(4, 2);
  const lists = await recommend(catalogue, generator, prompts, 30);
  const trie = buildTrie(catalogue.index);
  for (const [at, prompt] of prompts.entries()) {
    const scores = await scoreItems({ generator, trie, vocabulary: catalogue.vocabulary }, prompt);
    t.is(lists[at].length, 30);
    for (const { items, score } of lists[at]) t.true(Math.abs(scores[items[0]] - score) < 1e-4);
    t.deepEqual(
      lists[at].map(({ score }) => score),
      lists[at].map(({ score }) => score).sort((a, b) => b - a),
    );
  }
  const plain = plainBeamSearch(catalogue, prompts[0], Infinity);
  t.true(Math.abs(plain[0].score - lists[0][0].score) > 1e-3, 'the adapters change the scores');
  await generator.dispose();
});

test('beams never repeat, are codes of the catalogue, and are as many as asked for', async (t) => {
  const catalogue = tinyCatalogue(randomCodes(200, [6, 6, 6, 6], 21));
  const known = new Set(
    Array.from({ length: 200 }, (_, item) => catalogue.index.codes.slice(item * 4, item * 4 + 4).join()),
  );
  await withGenerator(catalogue, async (generator) => {
    for (const width of [1, 7, 20]) {
      for (const list of await recommend(catalogue, generator, randomPrompts(12, width), width)) {
        t.is(list.length, width);
        t.is(new Set(list.map(({ digits }) => digits.join())).size, width);
        for (const { digits, items } of list) {
          t.true(known.has(digits.join()));
          t.is(items.length, 1);
        }
      }
    }
  });
});

test('equal scores are ordered by digits', async (t) => {
  const codes = randomCodes(20, [4, 4, 4], 2);
  const catalogue = tinyCatalogue(codes);
  // A model whose weights are all zero finds every digit equally likely.
  catalogue.source = { read: (_, shape) => new Float32Array(shape.reduce((a, b) => a * b, 1)) };
  await withGenerator(catalogue, async (generator) => {
    const [list] = await recommend(catalogue, generator, [Int32Array.of(1, 2)], 20);
    for (let at = 1; at < list.length; at++) {
      const [before, own] = [list[at - 1], list[at]];
      t.true(
        before.score > own.score ||
          (before.score === own.score && before.digits.join('') < own.digits.join('')),
      );
    }
  });
});

test('a shorter list than there are beams is the beginning of the whole list', async (t) => {
  const catalogue = tinyCatalogue(randomCodes(30, [5, 4, 4], 7));
  await withGenerator(catalogue, async (generator) => {
    const recommender = createRecommender({
      generator,
      trie: buildTrie(catalogue.index),
      vocabulary: catalogue.vocabulary,
      numBeams: 10,
    });
    const prompts = randomPrompts(3, 1);
    const whole = await recommender.recommend(prompts);
    const short = await recommender.recommend(prompts, 4);
    t.deepEqual(
      short,
      whole.map((list) => list.slice(0, 4)),
    );
    t.deepEqual(await recommender.recommend([]), []);
  });
});

test('calls at the same time do not disturb each other', async (t) => {
  const catalogue = tinyCatalogue(randomCodes(60, [5, 5, 5, 5], 9));
  await withGenerator(catalogue, async (generator) => {
    const parts = [randomPrompts(5, 1), randomPrompts(7, 2), randomPrompts(6, 3)];
    const together = await Promise.all(
      parts.map((prompts) => recommend(catalogue, generator, prompts, 6, 30)),
    );
    for (const [at, prompts] of parts.entries())
      t.deepEqual(together[at], await recommend(catalogue, generator, prompts, 6, 30));
  });
});

test('a catalogue of one code needs no pass of the model', async (t) => {
  const catalogue = tinyCatalogue([[3, 1, 4]]);
  await withGenerator(catalogue, async (generator) => {
    const asleep = { ...generator, plant: neverRun };
    const lists = await recommend(catalogue, asleep, randomPrompts(2, 1), 5);
    t.deepEqual(lists, [
      [{ items: [0], score: 0, digits: [3, 1, 4] }],
      [{ items: [0], score: 0, digits: [3, 1, 4] }],
    ]);
  });
});

test('forced digits at the end take no pass', async (t) => {
  const catalogue = tinyCatalogue(randomCodes(12, [12], 1).map(([digit]) => [digit, digit % 3, digit % 5]));
  await withGenerator(catalogue, async (generator) => {
    const lists = await recommend(
      catalogue,
      {
        ...generator,
        plant: async (...given) => ({ ...(await generator.plant(...given)), tree: { grow: neverRun } }),
      },
      randomPrompts(3, 1),
      5,
    );
    t.true(lists.every((list) => list.length === 5));
  });
});

test('progress is reported and a signal stops the work', async (t) => {
  const catalogue = tinyCatalogue(randomCodes(20, [4, 4, 4], 2));
  await withGenerator(catalogue, async (generator) => {
    const recommender = createRecommender({
      generator,
      trie: buildTrie(catalogue.index),
      vocabulary: catalogue.vocabulary,
      numBeams: 3,
      maxBatchTokens: 20,
    });
    const done: number[] = [];
    await recommender.recommend(randomPrompts(9, 1), 3, {
      report: (message) => message.type === 'progress' && done.push(message.done),
    });
    t.is(done.at(-1), 9);
    t.true(done.length > 1);
    const signal = AbortSignal.abort(new Error('enough'));
    await t.throwsAsync(recommender.recommend(randomPrompts(9, 1), 3, { signal }), { message: 'enough' });
  });
});

function same(
  t: ExecutionContext,
  list: readonly (Recommendation | PlainResult)[],
  expected: readonly (Recommendation | PlainResult)[],
): void {
  t.deepEqual(
    list.map(({ digits, items }) => ({ digits, items })),
    expected.map(({ digits, items }) => ({ digits, items })),
  );
  for (const [at, { score }] of expected.entries())
    t.true(Math.abs(list[at].score - score) < 1e-4, `${list[at].score}, expected ${score}`);
}

async function withGenerator(
  catalogue: TinyCatalogue,
  work: (generator: Generator) => Promise<void>,
): Promise<void> {
  const generator = await catalogue.definition.compileGenerator(
    frozenModel(catalogue.definition, catalogue.source),
    longest,
  );
  try {
    await work(generator);
  } finally {
    await generator.dispose();
  }
}

function recommend(
  catalogue: TinyCatalogue,
  generator: Generator,
  prompts: Int32Array[],
  numBeams: number,
  maxBatchTokens?: number,
): Promise<Recommendation[][]> {
  const trie = buildTrie(catalogue.index);
  const recommender = createRecommender({
    generator,
    trie,
    vocabulary: catalogue.vocabulary,
    numBeams,
    maxBatchTokens,
  });
  return recommender.recommend(prompts, Math.min(numBeams, codeCount(trie)));
}

function neverRun(): Promise<never> {
  return Promise.reject(new Error('this pass has nothing to do'));
}
