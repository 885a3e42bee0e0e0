import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatTemplateFile, neededTokenizerFiles, specialTokensFile } from '../models/tokenizer-file-names.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { isThere } from '../storage/is-there.ts';
import { makeFolder } from '../storage/make-folder.ts';

const tokenizerFiles = [...neededTokenizerFiles, specialTokensFile, chatTemplateFile, 'vocabulary.json'];

/** Puts a model and its tokenizer into one folder that any runtime of its family loads. */
export function copyModel(modelFolder: string, target: string, vocabularyFolder: string): void {
  makeFolder(target);
  copyFileSync(join(modelFolder, 'model.safetensors'), join(target, 'model.safetensors'));
  writeFileAtomic(join(target, 'config.json'), readFileSync(join(modelFolder, 'config.json')));
  copyTokenizer(vocabularyFolder, target);
}

export function copyTokenizer(vocabularyFolder: string, target: string): void {
  for (const file of tokenizerFiles) {
    const from = join(vocabularyFolder, file);
    if (isThere(from)) writeFileAtomic(join(target, file), readFileSync(from));
  }
}
