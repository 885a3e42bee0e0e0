import { join } from 'node:path';
import { defineStage } from './define-stage.ts';

/** A LLaMA-style tokenizer and the item codes -> one tokenizer that knows both. */
export const vocabularyStage = defineStage({
  name: 'vocabulary',
  version: 1,
  sections: ({ vocabulary: { extension: _extension, base_tokenizer: _base, ...settings } }) => settings,
  inputs: ['dataset', 'item-index'],
  inputFiles: ({ vocabulary, prompts }) => [vocabulary.extension, prompts.templates],
  models: ({ vocabulary: { base_tokenizer: name } }) => (name ? [{ name, use: 'tokenizer' }] : []),
  async run({ recipe, folder, inputFolder, report }) {
    const { loadDataset } = await import('../dataset/load-dataset.ts');
    const { itemText, textFields } = await import('../embedding/semantic/item-text.ts');
    const { indexFileName, readItemIndex } = await import('../item-index/index-file.ts');
    const { loadTemplates } = await import('../prompts/load-templates.ts');
    const { templateTexts } = await import('../prompts/template-texts.ts');
    const { extendTokenizer } = await import('../vocabulary/extend-tokenizer.ts');
    const { loadExtension } = await import('../vocabulary/extension.ts');
    const { trainTokenizer } = await import('../vocabulary/train-tokenizer.ts');
    const { verifyVocabulary } = await import('../vocabulary/verify-vocabulary.ts');
    const { items } = loadDataset(inputFolder('dataset'));
    const index = readItemIndex(join(inputFolder('item-index'), indexFileName), items.length);
    const section = recipe.vocabulary;
    const trained = join(folder, 'base');
    if (!section.base_tokenizer) {
      report({ type: 'note', text: 'training a byte-level BPE on the item texts' });
      const templates = loadTemplates(recipe.prompts.templates);
      const texts = [...items.map((item) => itemText(item, textFields)), ...templateTexts(templates)];
      await trainTokenizer({ texts, vocabSize: section.bpe_vocab_size, outFolder: trained });
    }
    const file = await extendTokenizer({
      baseTokenizer: section.base_tokenizer ?? trained,
      levelSizes: index.levelSizes,
      extension: loadExtension(section.extension),
      outFolder: folder,
    });
    const verified = await verifyVocabulary(folder);
    return {
      'base tokens': file.base_size,
      'added tokens': file.size - file.base_size,
      'texts verified in 2 runtimes': verified.texts,
    };
  },
});
