import { join } from 'node:path';
import { ownTaskPaths } from '../prompts/own-task-files.ts';
import { withoutDefaults } from '../shared/without-defaults.ts';
import { laterVocabularySettings } from '../vocabulary/settings.ts';
import { defineStage } from './define-stage.ts';

/** A LLaMA-style tokenizer and the item codes -> one tokenizer that knows both. */
export const vocabularyStage = defineStage({
  name: 'vocabulary',
  version: 2,
  sections: ({ vocabulary: { extension: _extension, base_tokenizer: _base, ...settings }, item_index }) => ({
    ...withoutDefaults(settings, laterVocabularySettings),
    given_index: item_index.path !== null,
  }),
  partOf: ({ recommender }) => recommender === 'generative',
  inputs: ['dataset', 'item-index'],
  inputFiles: ({ vocabulary, prompts, continue: base }) =>
    base === undefined ? [vocabulary.extension, prompts.templates, ...ownTaskPaths(prompts.own_tasks)] : [],
  models: ({ vocabulary: { base_tokenizer: name }, continue: base }) =>
    name && base === undefined ? [{ name, use: 'tokenizer' }] : [],
  async run({ recipe, folder, inputFolder, report }) {
    const { loadDataset } = await import('../dataset/load-dataset.ts');
    const { itemText } = await import('../embedding/semantic/item-text.ts');
    const { textFields } = await import('../embedding/semantic/settings.ts');
    const { indexFileName, readItemIndex } = await import('../item-index/index-file.ts');
    const { openTemplates } = await import('../prompts/open-templates.ts');
    const { templateTexts } = await import('../prompts/template-texts.ts');
    const { extendTokenizer } = await import('../vocabulary/extend-tokenizer.ts');
    const { loadExtension } = await import('../vocabulary/extension.ts');
    const { tokensToKeep } = await import('../vocabulary/tokens-to-keep.ts');
    const { trainTokenizer } = await import('../vocabulary/train-tokenizer.ts');
    const { withUserTokens } = await import('../vocabulary/user-tokens.ts');
    const { verifyVocabulary } = await import('../vocabulary/verify-vocabulary.ts');
    const { items } = loadDataset(inputFolder('dataset'));
    const index = readItemIndex(join(inputFolder('item-index'), indexFileName), items.length);
    const { vocabulary: settings } = recipe;
    const given = recipe.item_index.path !== null;
    const trained = join(folder, 'base');
    if (!settings.base_tokenizer) {
      report({ type: 'note', text: 'training a byte-level BPE on the item texts' });
      const { templates } = openTemplates(recipe.prompts, recipe.training.stages);
      // One by one, as it reads no more of them than it needs.
      const texts = function* () {
        for (const item of items) yield itemText(item, textFields);
        yield* templateTexts(templates);
      };
      await trainTokenizer({ texts: texts(), vocabSize: settings.bpe_vocab_size, outFolder: trained });
    }
    const extension = withUserTokens(loadExtension(settings.extension), settings.user_tokens);
    const file = await extendTokenizer({
      baseTokenizer: settings.base_tokenizer ?? trained,
      levelSizes: index.levelSizes,
      extension,
      outFolder: folder,
      keep: tokensToKeep(index, { extension, itemIds: items.map(({ item_id }) => item_id), given, report }),
    });
    const verified = await verifyVocabulary(folder);
    return {
      'base tokens': file.base_size,
      'added tokens': file.size - file.base_size,
      ...(file.trained_rows
        ? { 'of them known to the base': file.trained_rows.filter((row) => row >= 0).length }
        : {}),
      'texts verified in 2 runtimes': verified.texts,
    };
  },
  async continued({ folder, inputFolder }, base) {
    const { continuedVocabulary } = await import('../continuation/vocabulary.ts');
    return continuedVocabulary(base, {
      dataset: inputFolder('dataset'),
      'item-index': inputFolder('item-index'),
      vocabulary: folder,
    });
  },
});
