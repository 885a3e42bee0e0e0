import test from 'ava';
import { createRecommender } from '../../orchestrator/decoding/beam-search.ts';
import { gatherRows } from '../../orchestrator/engine/functions.ts';
import { input } from '../../orchestrator/engine/graph.ts';
import { int64From } from '../../orchestrator/engine/int64.ts';
import { compile } from '../../orchestrator/engine/program.ts';
import { buildTrie } from '../../orchestrator/item-index/trie.ts';
import { initialWeights, openCheckpoint, saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import type { Generator, PlantedTree } from '../../orchestrator/models/generator.ts';
import { joinedBatch } from '../../orchestrator/models/llama/training-pass.ts';
import type { ModelDefinition, ModelFamily, SequenceModel } from '../../orchestrator/models/model.ts';
import { frozenModel, fullModel } from '../../orchestrator/models/model-tensors.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { lengthOf } from '../../orchestrator/shared/example.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { nextToken } from '../../orchestrator/training/objectives/next-token.ts';
import { trainingPart } from '../../orchestrator/training/settings.ts';
import { train } from '../../orchestrator/training/train.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wholeRow } from '../training/whole-row.ts';

// A whole family, as a contributor would write it: a model of bigrams. A token's state is its row of a table, and the
// head says what follows.

const [table, head] = ['table.weight', 'head.weight'];

function bigrams(vocabularySize: number): ModelDefinition {
  const shape = [vocabularySize, 8];
  return {
    family: 'bigrams',
    title: 'model of bigrams',
    config: { model_type: 'bigrams', vocab_size: vocabularySize },
    architecture: 'BigramsForCausalLM',
    adapterTask: 'CAUSAL_LM',
    hiddenSize: 8,
    mostPositions: Number.POSITIVE_INFINITY,
    tensors: [
      { name: table, shape, kind: 'embedding', deviation: 0.5 },
      { name: head, shape, kind: 'embedding', deviation: 0.5 },
    ],
    embedding: table,
    head,
    computes: () => true,
    withVocabulary: bigrams,
    trainingPass(tensors) {
      const states = tensors.embed(input('tokens', ['B*T'], 'int64'));
      return { states: gatherRows(states, input('wanted', ['W'], 'int64')), sites: [] };
    },
    batch(examples, whole) {
      const batch = joinedBatch(examples, whole);
      return { ...batch, feeds: { tokens: batch.feeds.tokens } };
    },
    lengths: (example) => [lengthOf(example)],
    compileGenerator: (model, longest) => bigramGenerator(vocabularySize, model, longest),
    compileTextEncoder: () => Promise.reject(new Error('it embeds no texts')),
    writeOnnx: null,
  };
}

async function bigramGenerator(
  vocabularySize: number,
  { tensors, store }: SequenceModel,
  longest: number,
): Promise<Generator> {
  const states = tensors.embed(input('tokens', ['N'], 'int64'));
  const logits = tensors.logitsOf(states, input('head_rows', ['R'], 'int64'));
  const program = await compile('bigrams', { logits });
  const behind: (tokens: number[], headRows: Parameters<Generator['plant']>[1]) => Promise<Float32Array> =
    async (tokens, head_rows) => {
      const feeds = { tokens: { shape: [tokens.length], data: int64From(tokens) }, head_rows };
      return (await program.run({ ...store.valueViews, ...feeds })).logits.data as Float32Array;
    };
  // Nothing is kept of what came before the last token.
  const tree: PlantedTree = {
    grow: async (chains, headRows) => ({
      logits: await behind(
        chains.map(({ tokens }) => tokens[tokens.length - 1]),
        headRows,
      ),
      columns: chains.map(({ ancestors, tokens }) => [...ancestors, ...tokens]),
    }),
  };
  return {
    vocabularySize,
    longest,
    plant: async (prompts, headRows) => ({
      tree,
      logits: await behind(
        prompts.map((prompt) => prompt[prompt.length - 1]),
        headRows,
      ),
    }),
    follow: (prompts, continuations, headRows) =>
      behind(
        prompts.flatMap((prompt, at) => [prompt[prompt.length - 1], ...continuations[at]]),
        headRows,
      ),
    dispose: () => program.dispose(),
  };
}

const family: ModelFamily = {
  title: 'model of bigrams',
  modelTypes: ['bigrams'],
  modules: [],
  parse: (config) => bigrams((config as { vocab_size: number }).vocab_size),
  fresh: ({ vocabularySize }) => bigrams(vocabularySize),
};

test('a family from outside is trained, saved, opened, and searched by the same beams', async (t) => {
  const folder = temporaryFolder(t);
  const definition = family.fresh({
    vocabularySize: 9,
    positions: 16,
    hidden_size: 8,
    intermediate_size: 8,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    num_key_value_heads: 1,
    rope_theta: 10_000,
    tie_word_embeddings: false,
  });
  const model = fullModel(definition, initialWeights(definition, 1));
  // After 1 comes the item of 4 6, after 2 that of 5 8.
  const rows = [wholeRow([1, 4, 6], [0, 1, 1]), wholeRow([2, 5, 8], [0, 1, 1])];
  const part = trainingPart.parse({
    name: 'toy',
    tuning: 'full',
    tasks: {},
    learning_rate: 0.05,
    epochs: 150,
  });
  const { lastLoss } = await train({
    model,
    source: { maxLength: 3, rowsPerEpoch: 2, epoch: () => ({ length: 2, row: (at) => rows[at] }) },
    objectives: [nextToken()],
    options: { ...part, weight_decay: 0, validate_every_epochs: 0, tuning: { kind: 'full' }, seed: 1 },
    folder,
    validate: async () => ({ score: 0, figures: {} }),
    report: silentReporter,
  });
  t.true(Number(lastLoss) < 0.1, `${lastLoss}`);

  saveCheckpoint(folder, definition, { read: (name) => model.store.valueViews[name].data as Float32Array });
  const opened = readModel(folder, { bigrams: family });
  t.is(opened.family, 'bigrams');
  const weights = openCheckpoint(folder);
  const generator = await opened.compileGenerator(frozenModel(opened, weights), 16);
  weights.close();
  const recommender = createRecommender({
    generator,
    trie: buildTrie({ levels: 2, levelSizes: [2, 3], codes: Int32Array.of(0, 0, 0, 2, 1, 1, 1, 2) }),
    vocabulary: {
      codeTokenIds: [
        [4, 5],
        [6, 7, 8],
      ],
    },
    numBeams: 4,
  });
  const lists = await recommender.recommend([Int32Array.of(3, 1), Int32Array.of(3, 2)]);
  await generator.dispose();
  t.deepEqual(
    lists.map(([best]) => best.items),
    [[0], [3]],
  );
  t.true(lists.every((list) => list.length === 4));
});
