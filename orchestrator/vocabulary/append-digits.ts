import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from '../storage/hash.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { nameCodeTokens } from './token-names.ts';
import { type TokenizerConfig, type TokenizerJson, writeTokenizerFiles } from './tokenizer-files.ts';
import { digitIds, readVocabularyFile, type VocabularyFile, vocabularyFileName } from './vocabulary-file.ts';
import { withTokens } from './with-tokens.ts';

const remedy = 'Run the recipe of the earlier run again: its vocabulary stage rewrites it.';
const copied = ['tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', 'chat_template.jinja'];

/**
 * The vocabulary of an earlier run, with tokens for digits beyond those that it has: `levelSizes` [levels] digits each.
 * Every old token keeps its id; new ids follow the highest, level by level.
 */
export async function appendDigits(
  from: string,
  outFolder: string,
  levelSizes: readonly number[],
): Promise<VocabularyFile> {
  const before = readVocabularyFile(from);
  const known = before.item_codes.levels.map((level) => digitIds(level).length);
  const names = nameCodeTokens(
    before.item_codes.pattern,
    known.map((count, level) => Math.max(count, levelSizes[level])),
  );
  const added = names.map((level, at) => level.slice(known[at]));
  makeFolder(outFolder);
  // Gone first, so that a stop halfway never leaves a new tokenizer beside an old description.
  rmSync(join(outFolder, vocabularyFileName), { force: true });
  if (added.every((tokens) => tokens.length === 0)) {
    for (const name of copied)
      if (isThere(join(from, name))) copyFileSync(join(from, name), join(outFolder, name));
  } else {
    const tokenizer = readJson(join(from, 'tokenizer.json'), remedy) as TokenizerJson;
    const config = readJson(join(from, 'tokenizer_config.json'), remedy) as TokenizerConfig;
    writeTokenizerFiles(
      outFolder,
      withTokens({ tokenizer, config, folder: from }, added.flat(), before.size),
    );
  }
  const file: VocabularyFile = {
    ...before,
    tokenizer_sha256: await hashFile(join(outFolder, 'tokenizer.json')),
    size: before.size + added.flat().length,
    item_codes: { ...before.item_codes, levels: withLaterIds(before, added) },
  };
  // The rows that a base model had: all of them have been learned from by now.
  delete file.trained_rows;
  writeJson(join(outFolder, vocabularyFileName), file);
  return file;
}

function withLaterIds(
  { size, item_codes }: VocabularyFile,
  added: readonly string[][],
): VocabularyFile['item_codes']['levels'] {
  let next = size;
  return item_codes.levels.map((level, at) => {
    const ids = added[at].map(() => next++);
    const later_ids = [...(level.later_ids ?? []), ...ids];
    return { ...level, ...(later_ids.length > 0 ? { later_ids } : {}) };
  });
}
