import { z } from 'zod';
import { datasetSettings } from '../dataset/settings.ts';
import { decodingSettings } from '../decoding/settings.ts';
import { embeddingSettings } from '../embedding/settings.ts';
import { evaluationSettings } from '../evaluation/settings.ts';
import { itemIndexSettings } from '../item-index/settings.ts';
import { modelSettings } from '../models/settings.ts';
import { peftSettings } from '../peft-job/settings.ts';
import { promptsSettings } from '../prompts/settings.ts';
import { engineNames } from '../shared/engine-names.ts';
import { plainName } from '../shared/plain-name.ts';
import { recommenderNames } from '../shared/recommender-names.ts';
import { trackersSettings } from '../tracking/settings.ts';
import { noTraining, trainingSettings } from '../training/settings.ts';
import { chatSettings } from '../understanding/settings.ts';
import { vocabularySettings } from '../vocabulary/settings.ts';
import { launcherSettings } from './launcher-settings.ts';

/** A whole recipe, in pipeline order. Defaults and descriptions stand with each section, in the `settings.ts` of its folder. */
export const recipeSchema = z.strictObject({
  name: plainName.default('recipe').describe('name of the run; if left out, the name of the recipe file'),
  seed: z.int().min(0).max(4_294_967_295).default(1).describe('seed of every random draw'),
  engine: z
    .enum(engineNames)
    .default('node')
    .describe('what trains the model: this process, or PyTorch with transformers and PEFT'),
  recommender: z
    .enum(recommenderNames)
    .default('generative')
    .describe(
      "what the run recommends by: generative = the tuned model, encoder = the recipe's own encoder of behaviour (of an ensemble, all of them together), any other = the baseline of that name; with all but generative no codes, tokenizer, prompts and model are made, and their sections are left out",
    ),
  continue: z
    .string()
    .min(1)
    .optional()
    .describe(
      'name of a finished run to go on from: its items keep their codes, new ones are added, and its model is trained further, on new events and a share of old ones (training.replay)',
    ),
  append: z
    .string()
    .min(1)
    .optional()
    .describe(
      'table of new items for the run that `continue` names: they are added to its catalogue, with its own log, and nothing is trained; `eager-llm catalogue append RUN items.csv` sets it',
    ),
  dataset: datasetSettings.describe('the interaction log and how it is prepared'),
  embedding: embeddingSettings.prefault({}).describe('two vectors for each item'),
  item_index: itemIndexSettings.prefault({}).describe('the code of each item'),
  vocabulary: vocabularySettings.prefault({}).describe('the tokenizer and the tokens added to it'),
  prompts: promptsSettings.prefault({}).describe('how histories and items become text'),
  model: modelSettings.prefault({}).describe('the model that is tuned'),
  // Recipes without a model leave it out; all others are asked for it.
  training: trainingSettings.default(noTraining).describe('how the model is tuned'),
  peft: peftSettings.prefault({}).describe('how PyTorch computes (engine: peft)'),
  launcher: launcherSettings.prefault({ kind: 'local' }).describe('how PyTorch is started (engine: peft)'),
  decoding: decodingSettings.prefault({}).describe('how recommendations are generated'),
  evaluation: evaluationSettings.prefault({}).describe('how recommendations are evaluated'),
  // Absent where they are not given, so that recipes of before stay as they are.
  trackers: trackersSettings
    .optional()
    .describe(
      'servers that are told of the run while it works; one that is down stops nothing, and `eager-llm runs track RUN` sends the rest later',
    ),
  chat: chatSettings
    .optional()
    .describe(
      'how conversations with the finished run are understood: nothing is made anew for it, and `--set` of `serve`, `chat` and `recommend` changes it for one start',
    ),
});

/** A recipe with every default filled in. Its paths are absolute once `resolveRecipe` has been through. */
export type Recipe = z.infer<typeof recipeSchema>;

export type SectionName = keyof Recipe;
