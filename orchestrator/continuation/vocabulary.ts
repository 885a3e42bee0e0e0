import { join } from 'node:path';
import { loadDataset } from '../dataset/load-dataset.ts';
import { indexFileName, readItemIndex } from '../item-index/index-file.ts';
import type { Figures } from '../shared/reporter.ts';
import { appendDigits } from '../vocabulary/append-digits.ts';
import { verifyVocabulary } from '../vocabulary/verify-vocabulary.ts';
import { readVocabularyFile } from '../vocabulary/vocabulary-file.ts';
import type { BaseRun } from './base-run.ts';

/** The tokenizer of an earlier run, with tokens for digits that it did not need; all others keep their ids. */
export async function continuedVocabulary(
  base: BaseRun,
  folders: { dataset: string; 'item-index': string; vocabulary: string },
): Promise<Figures> {
  const { items } = loadDataset(folders.dataset);
  const { levelSizes } = readItemIndex(join(folders['item-index'], indexFileName), items.length);
  const from = base.folderOf('vocabulary');
  const file = await appendDigits(from, folders.vocabulary, levelSizes);
  const verified = await verifyVocabulary(folders.vocabulary);
  return {
    'base tokens': file.base_size,
    'added tokens': file.size - file.base_size,
    'new tokens': file.size - readVocabularyFile(from).size,
    'texts verified in 2 runtimes': verified.texts,
  };
}
