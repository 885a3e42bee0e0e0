import test from 'ava';
import { createRecommender } from '../../orchestrator/decoding/beam-search.ts';
import { createDenseRanking } from '../../orchestrator/decoding/dense-ranking.ts';
import { buildTrie } from '../../orchestrator/item-index/trie.ts';
import { compileDenseScorer } from '../../orchestrator/models/liger/dense-scorer.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { plainLogits, plainShares } from '../models/reference-liger.ts';
import { softmaxRow } from '../models/rows.ts';
import {
  codes,
  codeTokenIds,
  histories,
  livelyLiger,
  sourceOf,
  tinyLiger,
  tokensOf,
} from '../models/tiny-liger.ts';

const asked = histories.map(sourceOf);
const all = [...codes.keys()];

test('with beams for all items, lists are those of the texts over the whole catalogue', async (t) => {
  const lists = await recommend({ width: 6 });
  for (const [row, list] of lists.entries()) {
    const shares = plainShares(histories[row]);
    t.deepEqual(itemsOf(list), [...all].sort(by(shares)));
    for (const { items, score, digits } of list) {
      t.true(Math.abs(score - Math.log(shares[items[0]])) < 1e-4);
      t.deepEqual(digits, codes[items[0]]);
    }
  }
});

test('narrow beams rank what they find and all cold items, by brute force', async (t) => {
  for (const cold of [[], [3], [0, 3, 5]]) {
    const lists = await recommend({ width: 2, cold: new Set(cold) });
    for (const [row, list] of lists.entries()) {
      const found = [...all].sort(by(codeShares(histories[row]))).slice(0, 2);
      const candidates = [...new Set([...found, ...cold])];
      t.deepEqual(itemsOf(list), candidates.sort(by(plainShares(histories[row]))).slice(0, 2));
    }
  }
});

test('items that are left out make room among the beams, and cold ones stay out too', async (t) => {
  const [history] = histories;
  const without = new Set([3, ...[...all].sort(by(codeShares(history))).slice(0, 2)]);
  const [kept, removed] = await recommend(
    { width: 3, cold: new Set([3]) },
    [null, { without }],
    // The same prompt twice, as both protocols are asked for together.
    [asked[0], asked[0]],
  );
  t.is(kept.length, 3);
  t.deepEqual(itemsOf(removed), all.filter((item) => !without.has(item)).sort(by(plainShares(history))));
});

test('a list does not depend on what is asked beside it, nor on how passes are cut', async (t) => {
  const together = await recommend({ width: 3 });
  const cut = await recommend({ width: 3, maxBatchTokens: 1 });
  for (const [row, prompt] of asked.entries()) {
    const [alone] = await recommend({ width: 3 }, undefined, [prompt]);
    t.deepEqual(itemsOf(alone), itemsOf(together[row]));
    t.deepEqual(itemsOf(cut[row]), itemsOf(together[row]));
  }
});

async function recommend(
  {
    width,
    cold = new Set<number>(),
    maxBatchTokens,
  }: { width: number; cold?: ReadonlySet<number>; maxBatchTokens?: number },
  candidates?: Parameters<ReturnType<typeof createDenseRanking>>[1],
  prompts = asked,
) {
  const model = frozenModel(tinyLiger, livelyLiger);
  const generator = await tinyLiger.compileGenerator(model, 32);
  const scorer = await compileDenseScorer(model);
  const index = { levels: 2, levelSizes: [3, 3], codes: Int32Array.from(codes.flat()) };
  const beams = createRecommender({
    generator,
    trie: buildTrie(index),
    vocabulary: { codeTokenIds },
    numBeams: width,
  });
  const rank = createDenseRanking({
    find: (own, named) => beams.recommend(own, undefined, { candidates: named }),
    scorer,
    cold,
    digitsOf: (item) => codes[item],
    width,
    maxBatchTokens,
  });
  try {
    return await rank(prompts, candidates);
  } finally {
    await generator.dispose();
    await scorer.dispose();
  }
}

/** Of each item the probability of its code, among the digits that exist. */
function codeShares(history: readonly number[]): number[] {
  return codes.map((code, item) => {
    let share = 1;
    for (let level = 0; level < code.length; level++) {
      const siblings = codes.filter((other) =>
        code.slice(0, level).every((digit, at) => other[at] === digit),
      );
      const tokens = [...new Set(siblings.map((other) => codeTokenIds[level][other[level]]))];
      const logits = plainLogits(history, tokensOf(item).slice(0, level))[level];
      share *= softmaxRow(tokens.map((token) => logits[token]))[tokens.indexOf(tokensOf(item)[level])];
    }
    return share;
  });
}

const itemsOf = (list: readonly { items: number[] }[]) => list.map(({ items }) => items[0]);

const by = (scores: readonly number[]) => (a: number, b: number) => scores[b] - scores[a] || a - b;
