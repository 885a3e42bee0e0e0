import { z } from 'zod';
import { modelSettings } from '../models/settings.ts';
import { plainName } from './plain-name.ts';
import { datasetSection } from './sections/dataset.ts';
import { decodingSection } from './sections/decoding.ts';
import { embeddingSection } from './sections/embedding.ts';
import { evaluationSection } from './sections/evaluation.ts';
import { itemIndexSection } from './sections/item-index.ts';
import { launcherSection } from './sections/launcher.ts';
import { peftSection } from './sections/peft.ts';
import { promptsSection } from './sections/prompts.ts';
import { trainingSection } from './sections/training.ts';
import { vocabularySection } from './sections/vocabulary.ts';

/** A whole recipe, in the order of the data's way. Defaults and descriptions stand in the sections. */
export const recipeSchema = z.strictObject({
  name: plainName.default('recipe').describe('name of the run; if left out, the name of the recipe file'),
  seed: z.int().min(0).max(4_294_967_295).default(1).describe('every random draw follows from it'),
  engine: z
    .enum(['node', 'peft'])
    .default('node')
    .describe('what trains the model: this process, or PyTorch with transformers and PEFT'),
  dataset: datasetSection.describe('the interaction log and how it is prepared'),
  embedding: embeddingSection.prefault({}).describe('two vectors for each item'),
  item_index: itemIndexSection.prefault({}).describe('the code of each item'),
  vocabulary: vocabularySection.prefault({}).describe('the tokenizer and the tokens added to it'),
  prompts: promptsSection.prefault({}).describe('how histories and items become text'),
  model: modelSettings.prefault({}).describe('the model that is tuned'),
  training: trainingSection.describe('how it is tuned'),
  peft: peftSection.prefault({}).describe('how PyTorch computes (engine: peft)'),
  launcher: launcherSection.prefault({ kind: 'local' }).describe('how PyTorch is started (engine: peft)'),
  decoding: decodingSection.prefault({}).describe('how recommendations are generated'),
  evaluation: evaluationSection.prefault({}).describe('how they are judged'),
});

/** A recipe with every default filled in. Its paths are absolute once `resolveRecipe` has been through. */
export type Recipe = z.infer<typeof recipeSchema>;

export type SectionName = keyof Recipe;
