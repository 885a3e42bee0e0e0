import test from 'ava';
import { createUnconstrainedRecommender } from '../../orchestrator/decoding/unconstrained-search.ts';
import { buildTrie } from '../../orchestrator/item-index/trie.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { softmaxRow } from '../models/rows.ts';
import { longest, randomCodes, randomPrompts, tinyCatalogue } from './tiny-catalogue.ts';

const codes = randomCodes(20, [6, 7], 1);
const catalogue = tinyCatalogue(codes);

test('any two tokens may come, by their probability among all; what is no code has no item', async (t) => {
  const { definition, source, index, vocabulary } = catalogue;
  const generator = await definition.compileGenerator(frozenModel(definition, source), longest);
  // As many beams as tokens keep every first token, so that nothing is lost.
  const numBeams = definition.config.vocab_size;
  const recommender = createUnconstrainedRecommender({
    generator,
    trie: buildTrie(index),
    vocabulary,
    numBeams,
  });
  const prompts = randomPrompts(5, 2);
  const lists = await recommender.recommend(prompts);
  let legal = 0;
  for (const [at, prompt] of prompts.entries()) {
    const first = softmaxRow(catalogue.plainLogits([...prompt], []));
    const all = first
      .flatMap((p, token) =>
        softmaxRow(catalogue.plainLogits([...prompt], [token])).map((q, next) => ({
          tokens: [token, next],
          score: Math.log(p) + Math.log(q),
        })),
      )
      .sort((a, b) => b.score - a.score)
      .slice(0, numBeams);
    for (const [place, { tokens, score }] of all.entries()) {
      const digits = tokens.map((token, level) => vocabulary.codeTokenIds[level].indexOf(token));
      const item = codes.findIndex((code) => code.every((digit, level) => digit === digits[level]));
      t.deepEqual(lists[at][place].items, item < 0 ? [] : [item]);
      t.true(Math.abs(lists[at][place].score - score) < 1e-4);
      legal += item < 0 ? 0 : 1;
    }
  }
  t.true(legal > 0 && legal < prompts.length * numBeams, `${legal} legal beams`);
  await generator.dispose();
});

test('codes that may not come are left out at their last token, and others come in their place', async (t) => {
  const { definition, source, index, vocabulary } = catalogue;
  const generator = await definition.compileGenerator(frozenModel(definition, source), longest);
  const recommenderOf = (numBeams: number) =>
    createUnconstrainedRecommender({ generator, trie: buildTrie(index), vocabulary, numBeams });
  const prompts = randomPrompts(5, 2);
  const lists = await recommenderOf(100).recommend(prompts);
  const legal = lists.map((list) => list.flatMap(({ items }) => items).length);
  const most = legal.indexOf(Math.max(...legal));
  const [prompt, all] = [prompts[most], lists[most]];
  const without = new Set(all.flatMap(({ items }) => items).slice(0, 2));
  t.is(without.size, 2);
  const [left] = await recommenderOf(100).recommend([prompt], undefined, {
    candidates: [{ without }],
  });
  t.deepEqual(
    left.slice(0, all.length - 2).map(({ items, score }) => [items, score.toFixed(4)]),
    all
      .filter(({ items }) => !items.some((item) => without.has(item)))
      .slice(0, all.length - 2)
      .map(({ items, score }) => [items, score.toFixed(4)]),
  );
  await generator.dispose();
});
