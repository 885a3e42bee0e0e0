import { join } from 'node:path';
import { loadDataset } from '../dataset/load-dataset.ts';
import type { Dataset } from '../dataset/types.ts';
import { indexFileName, readItemIndex } from '../item-index/index-file.ts';
import type { ItemIndex } from '../item-index/types.ts';
import { openTemplates } from '../prompts/open-templates.ts';
import { type PromptSource, preparePrompts } from '../prompts/prompt-source.ts';
import type { Task } from '../prompts/tasks/task.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { FolderOf } from '../runs/stage-names.ts';
import { loadVocabulary } from '../vocabulary/load-vocabulary.ts';
import type { Vocabulary } from '../vocabulary/types.ts';

/** What the first four stages made, opened together, ready to render prompts. */
export interface PromptArtefacts {
  dataset: Dataset;
  index: ItemIndex;
  vocabulary: Vocabulary;
  prompts: PromptSource;
  /** Every task, those of the user's behind the others. */
  tasks: readonly Task[];
}

export async function openPromptArtefacts(folderOf: FolderOf, recipe: Recipe): Promise<PromptArtefacts> {
  const dataset = loadDataset(folderOf('dataset'));
  const index = readItemIndex(join(folderOf('item-index'), indexFileName), dataset.items.length);
  const vocabulary = await loadVocabulary(folderOf('vocabulary'));
  const { layout, max_length, augment, learn_first_item } = recipe.prompts;
  const { templates, registry: tasks } = openTemplates(recipe.prompts, recipe.training.stages);
  const prompts = preparePrompts({
    dataset,
    index,
    vocabulary,
    templates,
    layout,
    maxLength: max_length,
    augment,
    learnFirstItem: learn_first_item,
  });
  return { dataset, index, vocabulary, prompts, tasks };
}
