import { join } from 'node:path';
import { defineStage } from './define-stage.ts';

/** A LLaMA-style tokenizer and the item codes -> one tokenizer that knows both. */
export const vocabularyStage = defineStage({
  name: 'vocabulary',
  version: 2,
  sections: ({ vocabulary: { extension: _extension, base_tokenizer: _base, ...settings }, item_index }) => ({
    ...settings,
    given_index: item_index.path !== null,
  }),
  inputs: ['dataset', 'item-index'],
  inputFiles: ({ vocabulary, prompts }) => [vocabulary.extension, prompts.templates],
  models: ({ vocabulary: { base_tokenizer: name } }) => (name ? [{ name, use: 'tokenizer' }] : []),
  async run({ recipe, folder, inputFolder, report }) {
    const { loadDataset } = await import('../dataset/load-dataset.ts');
    const { itemText } = await import('../embedding/semantic/item-text.ts');
    const { textFields } = await import('../embedding/semantic/settings.ts');
    const { indexFileName, readItemIndex } = await import('../item-index/index-file.ts');
    const { loadTemplates } = await import('../prompts/load-templates.ts');
    const { templateTexts } = await import('../prompts/template-texts.ts');
    const { extendTokenizer } = await import('../vocabulary/extend-tokenizer.ts');
    const { loadExtension } = await import('../vocabulary/extension.ts');
    const { keptMeaning, readEarlierCodes } = await import('../vocabulary/kept-meaning.ts');
    const { nameCodeTokens } = await import('../vocabulary/token-names.ts');
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
    const extension = loadExtension(section.extension);
    const keep = (known: ReadonlyMap<string, number>, base: string | null): ReadonlySet<string> => {
      const earlier = base && known.size > 0 ? readEarlierCodes(base) : null;
      // An index that was given with the model goes with it; one that was made here has nothing to do with its codes.
      if (!earlier) {
        const given = recipe.item_index.path !== null;
        if (known.size > 0)
          report({
            type: 'note',
            text: `the base knows ${known.size} of these tokens; ${given ? 'they go on as the tokens of the index that was given' : 'no codes.json says for which items, so they begin anew'}`,
          });
        return new Set(given ? known.keys() : []);
      }
      const names = nameCodeTokens(extension.item_codes.pattern, index.levelSizes);
      const codes = items.map((_, item) =>
        names.map((level, at) => level[index.codes[item * index.levels + at]]),
      );
      const itemIds = items.map(({ item_id }) => item_id);
      const { kept, same, shared } = keptMeaning(codes, itemIds, earlier, known);
      report({
        type: same < shared ? 'warning' : 'note',
        text: `${same} of ${shared} items that the base knows have the code that it learned${same < shared ? '; tokens that mean other items now begin anew (item_index.path keeps an index)' : ''}`,
      });
      return new Set([...kept, ...extension.control_tokens.map(({ token }) => token)]);
    };
    const file = await extendTokenizer({
      baseTokenizer: section.base_tokenizer ?? trained,
      levelSizes: index.levelSizes,
      extension,
      outFolder: folder,
      keep,
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
});
