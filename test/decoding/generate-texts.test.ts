import test from 'ava';
import { generateTexts } from '../../orchestrator/decoding/generate-texts.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { longest, randomCodes, randomPrompts, tinyCatalogue } from './tiny-catalogue.ts';

const catalogue = tinyCatalogue(randomCodes(20, [6, 7], 1));

/** The plain decoder, the whole sequence anew for each token. */
function plainGreedy(prompt: Int32Array, eosTokenId: number, maxTokens: number): number[] {
  const text: number[] = [];
  while (text.length < maxTokens && prompt.length + text.length < longest) {
    const logits = catalogue.plainLogits([...prompt], text);
    const next = logits.indexOf(Math.max(...logits));
    if (next === eosTokenId) break;
    text.push(next);
  }
  return text;
}

test('a batch of prompts of all lengths is continued as the plain decoder continues each of them', async (t) => {
  const generator = await catalogue.definition.compileGenerator(
    frozenModel(catalogue.definition, catalogue.source),
    longest,
  );
  const prompts = randomPrompts(12, 4);
  const free = prompts.map((prompt) => plainGreedy(prompt, -1, 8));
  // Some token that ends texts of all lengths.
  const eosTokenId = free.flatMap((text) => text.slice(2, 6))[0];
  for (const maxBatchTokens of [40, 4096]) {
    const texts = await generateTexts(generator, prompts, { eosTokenId, maxTokens: 8, maxBatchTokens });
    t.deepEqual(
      texts,
      prompts.map((prompt) => plainGreedy(prompt, eosTokenId, 8)),
    );
  }
  t.true(
    new Set((await generateTexts(generator, prompts, { eosTokenId, maxTokens: 8 })).map((x) => x.length))
      .size > 1,
  );
  t.deepEqual(await generateTexts(generator, prompts, { eosTokenId: -1, maxTokens: 8 }), free);
  await generator.dispose();
});
