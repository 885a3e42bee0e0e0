import { join } from 'node:path';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { parseLlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { openRecommender } from '../../orchestrator/opened-run/open-recommender.ts';
import { loadTemplates } from '../../orchestrator/prompts/load-templates.ts';
import { preparePrompts } from '../../orchestrator/prompts/prompt-source.ts';
import { allTasks } from '../../orchestrator/prompts/tasks/index.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { composeRun } from '../../orchestrator/serving/compose-run.ts';
import type { LiveRun } from '../../orchestrator/serving/index.ts';
import { rankByModel } from '../../orchestrator/serving/rank-own.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import type { Vocabulary } from '../../orchestrator/vocabulary/types.ts';

export const madeUpItems = 12_101;
const plainTokens = 1024;
/** As in recipes/beauty.yaml: a cluster by behaviour, one by meaning, a digit that is nearly an item's own. */
const levelSizes = [256, 256, 4096];
const historyLimit = 20;

export interface MadeUpOptions {
  batch: number;
  waiting: number;
  /** 12,101 by default, as Amazon Beauty has. */
  items?: number;
  /** Users of the log; one by default, who is nobody. */
  users?: number;
}

/** A run of the size of recipes/beauty.yaml with random weights and random codes: it costs what a trained one costs. */
export async function openMadeUpRun({
  items = madeUpItems,
  users = 1,
  ...options
}: MadeUpOptions): Promise<LiveRun> {
  const random = createRandom(1, 'bench', 'serve');
  const levels = levelSizes.length;
  const codes = Int32Array.from({ length: items * levels }, (_, at) =>
    random.integer(levelSizes[at % levels]),
  );
  const index = { levels, levelSizes, codes };
  const vocabulary = madeUpVocabulary();
  const dataset = madeUpDataset(items, users);
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
  const artefacts = { dataset, index, vocabulary, prompts, tasks: allTasks };
  const model = await openRecommender(
    frozenModel(llama(config), initialWeights(llama(config), 1)),
    artefacts,
    {
      numBeams: 20,
      constrained: true,
    },
  );
  const noVectors = createMatrix(items, 1);
  const embeddings = { semantic: noVectors, behaviour: noVectors };
  const run = composeRun(
    {
      name: 'made-up',
      version: 1,
      fingerprint: 'made-up',
      recipe,
      artefacts,
      embeddings,
      model,
      rankOwn: rankByModel(model, artefacts, null),
      trainedAt: new Date(),
    },
    options,
  );
  return {
    ...run,
    use: (work) => work(run),
    refresh: async () => {},
    reloads: () => ({ opened: 0, failed: 0 }),
  };
}

/** Histories of 4 to 20 items, and a target behind each. */
function madeUpDataset(itemCount: number, userCount: number): Dataset {
  const random = createRandom(1, 'bench', 'users');
  const offsets = new Int32Array(userCount + 1);
  for (let user = 0; user < userCount; user++) offsets[user + 1] = offsets[user] + 5 + random.integer(17);
  const ends = offsets.slice(1);
  return {
    items: Array.from({ length: itemCount }, (_, item) => ({
      item_id: `item-${item}`,
      title: `made-up item ${item}`,
      description: '',
      categories: [],
      brand: '',
      keywords: [],
    })),
    userIds: Array.from({ length: userCount }, (_, user) => `user-${user}`),
    offsets,
    events: Int32Array.from({ length: offsets[userCount] }, () => random.integer(itemCount)),
    trainEnd: ends.map((end) => end - 1),
    validationEnd: ends.map((end) => end - 1),
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
