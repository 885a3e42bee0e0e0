import test from 'ava';
import { createRecommender } from '../../orchestrator/decoding/beam-search.ts';
import { scoreItems } from '../../orchestrator/decoding/score-items.ts';
import { buildTrie } from '../../orchestrator/item-index/trie.ts';
import type { Generator } from '../../orchestrator/models/generator.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { longest, randomCodes, tinyCatalogue } from './tiny-catalogue.ts';

const catalogue = tinyCatalogue(randomCodes(20, [4, 4, 4], 2));
const { vocabulary } = catalogue;
const trie = buildTrie(catalogue.index);
const prompt = Int32Array.of(1, 2);

let generator: Generator;
test.before(async () => {
  generator = await catalogue.definition.compileGenerator(
    frozenModel(catalogue.definition, catalogue.source),
    longest,
  );
});
test.after.always(() => generator.dispose());

for (const numBeams of [0, -1, 2.5, Number.NaN])
  refused(
    `${numBeams} beams`,
    'decoding/num-beams',
    /num_beams is .*; expected a whole number of 1 or more/,
    () => recommender({ numBeams }).recommend([prompt]),
  );

refused('a batch of no tokens', 'decoding/batch-tokens', /maxBatchTokens is 0/, () =>
  recommender({ maxBatchTokens: 0 }).recommend([prompt]),
);

refused(
  'a vocabulary of fewer levels than the codes have',
  'decoding/mismatch',
  /codes have 3 levels, the vocabulary has tokens for 2/,
  () =>
    recommender({ vocabulary: { codeTokenIds: vocabulary.codeTokenIds.slice(0, 2) } }).recommend([prompt]),
);

refused(
  'a digit that has no token',
  'decoding/mismatch',
  /level 2 of the codes uses digits up to 3, the vocabulary has 2 tokens there/,
  () => {
    const codeTokenIds = vocabulary.codeTokenIds.map((ids, level) => (level === 1 ? ids.slice(0, 2) : ids));
    return recommender({ vocabulary: { codeTokenIds } }).recommend([prompt]);
  },
);

refused(
  'code tokens that the model does not know',
  'decoding/mismatch',
  /digit 0 of level 3 is token 514, the model knows 18 tokens/,
  () => {
    const codeTokenIds = vocabulary.codeTokenIds.map((ids, level) =>
      level === 2 ? ids.map((id) => id + 500) : ids,
    );
    return recommender({ vocabulary: { codeTokenIds } }).recommend([prompt]);
  },
);

refused('an empty prompt', 'decoding/empty-prompt', /is empty/, () =>
  recommender().recommend([prompt, new Int32Array(0)]),
);

refused(
  'a prompt longer than the positions of the model',
  'decoding/long-prompt',
  /has 23 tokens; expected 22 at most \(24 positions, codes of 3 digits\)/,
  () => recommender().recommend([prompt, new Int32Array(23)]),
);

refused(
  'a token that the model does not know',
  'decoding/unknown-token',
  /holds token 99; the model knows 0 to 17/,
  () => recommender().recommend([Int32Array.of(1, 99)]),
);

refused('a list of no codes', 'decoding/list-length', /the length of a list is 0/, () =>
  recommender().recommend([prompt], 0),
);

refused('a list longer than there are beams', 'decoding/list-length', /5 beams cannot fill a list of 6/, () =>
  recommender().recommend([prompt], 6),
);

refused('an empty prompt, where all items are scored', 'decoding/empty-prompt', /is empty/, () =>
  scoreItems({ generator, trie, vocabulary }, new Int32Array(0)),
);

test('weights that are not finite are named as the cause', async (t) => {
  const source = { read: (_: string, shape: readonly number[]) => nans(shape) };
  const sick = await catalogue.definition.compileGenerator(
    frozenModel(catalogue.definition, source),
    longest,
  );
  const error = await t.throwsAsync(recommender({ generator: sick }).recommend([prompt]), {
    instanceOf: UserError,
    message: /logits are not finite/,
  });
  t.regex(String(error.remedy), /weights are broken or training diverged/);
  await sick.dispose();
});

test('a prompt as long as the positions allow is decoded', async (t) => {
  const [list] = await recommender().recommend([new Int32Array(22)]);
  t.is(list.length, 5);
});

function recommender(change: Partial<Parameters<typeof createRecommender>[0]> = {}) {
  return createRecommender({ generator, trie, vocabulary, numBeams: 5, ...change });
}

function refused(what: string, code: string, message: RegExp, work: () => Promise<unknown>): void {
  test(`refused with a remedy: ${what}`, async (t) => {
    const error = await t.throwsAsync(async () => work(), { instanceOf: UserError, message });
    t.is((error as UserError).code, code);
    t.truthy((error as UserError).remedy);
  });
}

function nans(shape: readonly number[]): Float32Array {
  return new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(Number.NaN);
}
