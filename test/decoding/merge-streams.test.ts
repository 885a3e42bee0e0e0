import test from 'ava';
import { createRecommender } from '../../orchestrator/decoding/beam-search.ts';
import { mergeStreams } from '../../orchestrator/decoding/merge-streams.ts';
import { streamsOf, trieOf } from '../../orchestrator/item-index/streams.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { longest, plainBeamSearch, randomCodes, randomPrompts, tinyCatalogue } from './tiny-catalogue.ts';

const items = 12;
const [first, second] = [randomCodes(items, [4, 5], 3), randomCodes(items, [3, 3, 3], 4)];
const whole = first.map((code, item) => [...code, ...second[item]]);

for (const family of ['llama', 't5'] as const)
  test(`an item's score is the log of the sum of its probabilities in both streams: ${family}`, async (t) => {
    const catalogue = tinyCatalogue(whole, {}, { family });
    const index = {
      ...catalogue.index,
      streams: [
        { name: 'semantic', levels: 2 },
        { name: 'behaviour', levels: 3 },
      ] as const,
    };
    const { definition, source, vocabulary } = catalogue;
    const generator = await definition.compileGenerator(frozenModel(definition, source), longest);
    const prompts = randomPrompts(4, 5);
    const streams = streamsOf(index);
    const tokensOf = ({ firstLevel, levels }: (typeof streams)[number]) =>
      vocabulary.codeTokenIds.slice(firstLevel, firstLevel + levels);
    const lists = [];
    for (const stream of streams)
      lists.push(
        await createRecommender({
          generator,
          trie: trieOf(index, stream),
          vocabulary: { codeTokenIds: tokensOf(stream) },
          numBeams: items,
        }).recommend(prompts),
      );
    await generator.dispose();
    for (const [at, prompt] of prompts.entries()) {
      // Brute force over each stream by the plain model, added up item by item.
      const shares = new Array<number>(items).fill(0);
      for (const [number, codes] of [first, second].entries()) {
        const own = {
          ...catalogue,
          index: {
            ...trieOf(index, streams[number]),
            levelSizes: [...trieOf(index, streams[number]).levelSizes],
          },
          vocabulary: { codeTokenIds: tokensOf(streams[number]) },
        };
        t.is(codes.length, items);
        for (const { items: found, score } of plainBeamSearch(own, prompt, Number.POSITIVE_INFINITY))
          for (const item of found) shares[item] += Math.exp(score);
      }
      const expected = shares
        .map((share, item) => ({ item, score: Math.log(share) }))
        .sort((a, b) => b.score - a.score);
      const merged = mergeStreams(
        lists.map((own) => own[at]),
        items,
        (item) => whole[item],
      );
      t.deepEqual(
        merged.map((each) => each.items),
        expected.map(({ item }) => [item]),
      );
      for (const [
        place,
        {
          score,
          items: [item],
          digits,
        },
      ] of merged.entries()) {
        t.true(Math.abs(score - expected[place].score) < 1e-4, `${score} and ${expected[place].score}`);
        t.deepEqual(digits, whole[item]);
      }
    }
  });

test('an item that one stream alone has found keeps its score there, and a list is cut', (t) => {
  const list = (...found: [item: number, score: number][]) =>
    found.map(([item, score]) => ({ items: [item], score, digits: [] }));
  const merged = mergeStreams([list([0, -1], [1, -2]), list([2, -0.5], [1, -2])], 2, (item) => [item]);
  t.deepEqual(
    merged.map(({ items: [item] }) => item),
    [2, 0],
  );
  t.is(merged[0].score, -0.5);
});
