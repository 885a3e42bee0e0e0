import test from 'ava';
import { createRecommender } from '../../orchestrator/decoding/beam-search.ts';
import type { Weighed } from '../../orchestrator/decoding/candidates.ts';
import { buildTrie, codeCount } from '../../orchestrator/item-index/trie.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { longest, plainBeamSearch, randomCodes, randomPrompts, tinyCatalogue } from './tiny-catalogue.ts';

const catalogues: Record<string, number[][]> = {
  'three crowded levels': randomCodes(40, [4, 4, 4], 2),
  'thin levels, most digits forced': randomCodes(14, [5, 5, 5, 5], 3),
  'collided codes': randomCodes(40, [3, 3, 3], 5, { collisions: true }),
  'a common beginning': randomCodes(9, [3, 4], 6).map((code) => [2, 1, ...code]),
  'one item': [[3, 1, 4]],
};

for (const [name, codes] of Object.entries(catalogues)) {
  test(`what is left keeps its scores and its order: ${name}`, async (t) => {
    await withRecommender(codes, 100, async (recommend, catalogue) => {
      const prompts = randomPrompts(6, 11);
      const excluded = prompts.map((_, at) => (at === 0 ? null : draw(codes.length, at / 6, at)));
      const lists = await recommend(prompts, excluded);
      for (const [at, list] of lists.entries()) {
        const expected = plainBeamSearch(catalogue, prompts[at], Infinity)
          .map((beam) => ({ ...beam, items: beam.items.filter((item) => !excluded[at]?.has(item)) }))
          .filter(({ items }) => items.length > 0);
        t.deepEqual(
          list.map(({ digits, items }) => ({ digits, items })),
          expected.map(({ digits, items }) => ({ digits, items })),
        );
        for (const [place, { score }] of expected.entries())
          t.true(Math.abs(list[place].score - score) < 1e-4);
      }
    });
  });

  test(`items with a term have its score, and all others theirs: ${name}`, async (t) => {
    await withRecommender(codes, 100, async (recommend, catalogue) => {
      const prompts = randomPrompts(6, 11);
      for (const by of [-5, 3]) {
        const weighed = prompts.map((_, at) => draw(codes.length, at / 12, at));
        const lists = await recommend(
          prompts,
          prompts.map(() => null),
          weighed.map((items) => ({ items, by })),
        );
        for (const [at, list] of lists.entries()) {
          const expected = plainBeamSearch(catalogue, prompts[at], Infinity).map((beam) => ({
            ...beam,
            score: beam.score + (beam.items.every((item) => weighed[at].has(item)) ? by : 0),
          }));
          t.is(list.length, expected.length);
          for (const { digits, score } of list) {
            const own = expected.find((beam) => beam.digits.join() === digits.join());
            t.true(Math.abs(own!.score - score) < 1e-4);
          }
          t.true(list.every(({ score }, place) => place === 0 || score <= list[place - 1].score));
        }
      }
    });
  });

  test(`few beams still fill the list as far as there are items: ${name}`, async (t) => {
    for (const width of [1, 3, 7])
      await withRecommender(codes, width, async (recommend, catalogue) => {
        const prompts = randomPrompts(8, width);
        const excluded = prompts.map((_, at) => draw(codes.length, at / 7, at));
        const lists = await recommend(prompts, excluded);
        for (const [at, list] of lists.entries()) {
          const left = codesLeft(catalogue, excluded[at]);
          t.is(list.length, Math.min(width, left));
          for (const { items } of list) {
            t.true(items.length > 0);
            t.false(items.some((item) => excluded[at].has(item)));
          }
        }
      });
  });
}

test('the best ten of a list, excluded, make room for ten others though the search has only ten beams', async (t) => {
  const codes = randomCodes(200, [6, 6, 6, 6], 21);
  await withRecommender(codes, 10, async (recommend) => {
    const prompts = randomPrompts(3, 4);
    const first = await recommend(prompts, [null, null, null]);
    const seen = first.map((list) => new Set(list.flatMap(({ items }) => items)));
    const second = await recommend(prompts, seen);
    for (const [at, list] of second.entries()) {
      t.is(list.length, 10);
      t.false(list.some(({ items }) => items.some((item) => seen[at].has(item))));
    }
  });
});

for (const [name, codes] of Object.entries(catalogues))
  test(`a prompt that is given again for other candidates is searched as if alone: ${name}`, async (t) => {
    for (const width of [2, 5])
      await withRecommender(codes, width, async (recommend) => {
        const prompts = randomPrompts(5, width);
        const excluded = prompts.map((_, at) => draw(codes.length, at / 8, at));
        const twice = prompts.flatMap((prompt) => [prompt, prompt]);
        const both = await recommend(
          twice,
          excluded.flatMap((own) => [null, own]),
        );
        const alone = [
          await recommend(
            prompts,
            prompts.map(() => null),
          ),
          await recommend(prompts, excluded),
        ];
        for (const [at, list] of both.entries()) {
          const expected = alone[at % 2][at >> 1];
          t.deepEqual(
            list.map(({ digits, items }) => ({ digits, items })),
            expected.map(({ digits, items }) => ({ digits, items })),
          );
          for (const [place, { score }] of expected.entries())
            t.true(Math.abs(list[place].score - score) < 1e-4);
        }
      });
  });

test('a search among a few items finds just these, with the scores that they have among all', async (t) => {
  const codes = randomCodes(200, [6, 6, 6, 6], 21);
  const catalogue = tinyCatalogue(codes);
  const generator = await catalogue.definition.compileGenerator(
    frozenModel(catalogue.definition, catalogue.source),
    longest,
  );
  const trie = buildTrie(catalogue.index);
  const few = { generator, trie, vocabulary: catalogue.vocabulary, numBeams: 5 };
  const only = new Set([3, 77, 120, 199]);
  const [prompt] = randomPrompts(1, 8);
  const [found] = await createRecommender(few).recommend([prompt], 5, { candidates: [{ only }] });
  const [all] = await createRecommender({ ...few, numBeams: 200 }).recommend([prompt]);
  await generator.dispose();
  const expected = all.filter(({ items }) => only.has(items[0]));
  t.deepEqual(
    found.map(({ items }) => items[0]),
    expected.map(({ items }) => items[0]),
  );
  t.is(found.length, 4);
  for (const [at, { score }] of found.entries()) t.true(Math.abs(score - expected[at].score) < 1e-4);
});

test('a search among a few items leaves out excluded ones of them, whichever are asked for together', async (t) => {
  const codes = randomCodes(200, [6, 6, 6, 6], 21);
  const catalogue = tinyCatalogue(codes);
  const generator = await catalogue.definition.compileGenerator(
    frozenModel(catalogue.definition, catalogue.source),
    longest,
  );
  const { recommend } = createRecommender({
    generator,
    trie: buildTrie(catalogue.index),
    vocabulary: catalogue.vocabulary,
    numBeams: 5,
  });
  const only = new Set([3, 77, 120, 199]);
  const excluded = [new Set<number>(), new Set([77, 5]), new Set([3, 199, 120]), only];
  const lists = await recommend(randomPrompts(4, 8), 5, {
    candidates: excluded.map((without) => ({ only, without })),
  });
  await generator.dispose();
  for (const [at, list] of lists.entries())
    t.deepEqual(
      list.flatMap(({ items }) => items).sort((a, b) => a - b),
      [...only].filter((item) => !excluded[at].has(item)),
    );
});

test('an item that does not exist cannot be excluded', async (t) => {
  await withRecommender(randomCodes(9, [12], 1), 3, async (recommend) => {
    await t.throwsAsync(recommend(randomPrompts(1, 1), [new Set([9])]), {
      instanceOf: RangeError,
      message: /candidate 9 of a catalogue with 9 items/,
    });
    await t.throwsAsync(recommend(randomPrompts(2, 1), [null]), {
      message: /1 sets of candidates for 2 prompts/,
    });
  });
});

/** A share of the items, drawn by seed; all of them where the share is 1. */
function draw(items: number, share: number, seed: number): Set<number> {
  const random = createRandom(seed, 'excluded');
  return new Set(Array.from({ length: items }, (_, item) => item).filter(() => random.float() < share));
}

/** How many codes still have an item. */
function codesLeft({ index }: ReturnType<typeof tinyCatalogue>, excluded: ReadonlySet<number>): number {
  const trie = buildTrie(index);
  let left = 0;
  for (let leaf = 0; leaf < codeCount(trie); leaf++) {
    const places = trie.starts[trie.levels];
    if (trie.items.slice(places[leaf], places[leaf + 1]).some((item) => !excluded.has(item))) left++;
  }
  return left;
}

type Recommend = (
  prompts: Int32Array[],
  excluded: readonly (ReadonlySet<number> | null)[],
  weighed?: readonly Weighed[],
) => ReturnType<ReturnType<typeof createRecommender>['recommend']>;

async function withRecommender(
  codes: number[][],
  numBeams: number,
  work: (recommend: Recommend, catalogue: ReturnType<typeof tinyCatalogue>) => Promise<void>,
): Promise<void> {
  const catalogue = tinyCatalogue(codes);
  const generator = await catalogue.definition.compileGenerator(
    frozenModel(catalogue.definition, catalogue.source),
    longest,
  );
  const { recommend } = createRecommender({
    generator,
    trie: buildTrie(catalogue.index),
    vocabulary: catalogue.vocabulary,
    numBeams,
    maxBatchTokens: 40,
  });
  try {
    await work(
      (prompts, excluded, weighed) =>
        recommend(prompts, numBeams, {
          candidates: excluded.map((without, at) =>
            weighed ? { weighed: weighed[at] } : without && { without },
          ),
        }),
      catalogue,
    );
  } finally {
    await generator.dispose();
  }
}
