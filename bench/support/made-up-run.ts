import { join } from 'node:path';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { parseLlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { openRecommender } from '../../orchestrator/opened-run/recommender.ts';
import { loadTemplates } from '../../orchestrator/prompts/load-templates.ts';
import { preparePrompts } from '../../orchestrator/prompts/prompt-source.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { composeRun } from '../../orchestrator/serving/compose-run.ts';
import type { LiveRun } from '../../orchestrator/serving/index.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import type { Vocabulary } from '../../orchestrator/vocabulary/types.ts';

export const madeUpItems = 12_101;
const plainTokens = 1024;
/** As in recipes/beauty.yaml: a cluster by behaviour, one by meaning, a digit that is nearly an item's own. */
const levelSizes = [256, 256, 4096];
const historyLimit = 20;

/** A run of the size of recipes/beauty.yaml with random weights and random codes: it costs what a trained one costs. */
export async function openMadeUpRun(options: { batch: number; waiting: number }): Promise<LiveRun> {
  const random = createRandom(1, 'bench', 'serve');
  const levels = levelSizes.length;
  const codes = Int32Array.from({ length: madeUpItems * levels }, (_, at) =>
    random.integer(levelSizes[at % levels]),
  );
  const index = { levels, levelSizes, codes };
  const vocabulary = madeUpVocabulary();
  const dataset = madeUpDataset();
  // Its name, its beams and its templates are what counts here.
  const { recipe } = resolveRecipe(join(packageRoot, 'recipes', 'quickstart.yaml'), {
    set: ['decoding.num_beams=20'],
  });
  const prompts = preparePrompts({
    dataset,
    index,
    vocabulary,
    templates: loadTemplates(recipe.prompts.templates),
    layout: 'user',
    maxLength: 256,
  });
  const config = parseLlamaConfig(
    {
      model_type: 'llama',
      tie_word_embeddings: true,
      vocab_size: vocabulary.size,
      hidden_size: 192,
      intermediate_size: 512,
      num_hidden_layers: 4,
      num_attention_heads: 3,
    },
    'bench',
  );
  const artefacts = { dataset, index, vocabulary, prompts };
  const model = await openRecommender(
    frozenModel(llama(config), initialWeights(llama(config), 1)),
    artefacts,
    {
      numBeams: 20,
    },
  );
  const noVectors = createMatrix(madeUpItems, 1);
  const embeddings = { semantic: noVectors, behaviour: noVectors };
  const run = composeRun(
    { name: 'made-up', recipe, artefacts, embeddings, model, trainedAt: new Date(), version: 'made-up' },
    options,
  );
  return {
    ...run,
    use: (work) => work(run),
    refresh: async () => {},
    reloads: () => ({ opened: 0, failed: 0 }),
  };
}

function madeUpDataset(): Dataset {
  return {
    items: Array.from({ length: madeUpItems }, (_, item) => ({
      item_id: `item-${item}`,
      title: `made-up item ${item}`,
      description: '',
      categories: [],
      brand: '',
      keywords: [],
    })),
    userIds: ['nobody'],
    offsets: Int32Array.of(0, 2),
    events: Int32Array.of(0, 1),
    trainEnd: Int32Array.of(2),
    validationEnd: Int32Array.of(2),
    historyLimit,
  };
}

/** Letters for tokens: what is asked here are histories of codes. */
function madeUpVocabulary(): Vocabulary {
  const control = ['<|bos|>', '<|eos|>', '<|pad|>', '<|prompt|>', '<|response|>', '<|item|>'];
  let next = plainTokens;
  const codeTokenIds = levelSizes.map((size) => Array.from({ length: size }, () => next++));
  return {
    size: next,
    bosTokenId: 0,
    eosTokenId: 1,
    padTokenId: 2,
    codeTokenIds,
    controlTokenIds: Object.fromEntries(control.map((token, id) => [token, id])),
    encode: (text) =>
      /^<\|[^|]*\|>$/.test(text)
        ? [3]
        : [...text].map((letter) => 10 + (letter.codePointAt(0)! % (plainTokens - 10))),
    decode: () => '',
  };
}
