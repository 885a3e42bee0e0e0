import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { readJson } from '../../orchestrator/storage/json-file.ts';
import { extendTokenizer } from '../../orchestrator/vocabulary/extend-tokenizer.ts';
import { loadExtension } from '../../orchestrator/vocabulary/extension.ts';
import { loadVocabulary } from '../../orchestrator/vocabulary/load-vocabulary.ts';
import { trainTokenizer } from '../../orchestrator/vocabulary/train-tokenizer.ts';
import { damageJson, damageText } from './damage.ts';
import type { FuzzKind } from './fuzz-kind.ts';

const names = ['tokenizer.json', 'tokenizer_config.json'];
let whole: unknown[] | undefined;

/** A small tokenizer with damage in its files, extended by codes and loaded again. */
export const tokenizers: FuzzKind = {
  name: 'tokenizers',
  async run(random, folder) {
    whole ??= await wholeFiles(join(folder, 'whole'));
    const base = join(folder, 'base');
    mkdirSync(base);
    const damaged = random.integer(4) === 0 ? 1 : 0;
    for (const [at, name] of names.entries()) {
      const value = at === damaged ? damageJson(random, whole[at]) : whole[at];
      const text = JSON.stringify(value);
      writeFileSync(
        join(base, name),
        at === damaged && random.integer(5) === 0 ? damageText(random, text) : text,
      );
    }
    const extension = loadExtension(join(packageRoot, 'vocab-extensions', 'item-codes.yaml'));
    const outFolder = join(folder, 'extended');
    await extendTokenizer({ baseTokenizer: base, levelSizes: [2, 2, 2], extension, outFolder });
    const vocabulary = await loadVocabulary(outFolder);
    vocabulary.decode(vocabulary.encode('hand cream <a_0><b_1> 8 oz. \u00e9\u4e2d💄'));
  },
};

/** Trained once a process: a case has its own copy. */
async function wholeFiles(folder: string): Promise<unknown[]> {
  const texts = ['Shea butter hand cream, 8 oz.', 'Coconut shampoo for dry hair', 'Crème brûlée lip balm'];
  await trainTokenizer({ texts, vocabSize: 290, outFolder: folder });
  return names.map((name) => readJson(join(folder, name), ''));
}
