import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { UserError } from '../shared/errors.ts';
import { hashFile } from '../storage/hash.ts';
import { readJson } from '../storage/json-file.ts';
import { createPieceEncoder } from './piece-encoder.ts';
import { nameCodeTokens } from './token-names.ts';
import type { TokenizerConfig, TokenizerJson } from './tokenizer-files.ts';
import type { Vocabulary } from './types.ts';
import { digitIds, readVocabularyFile, type VocabularyFile, vocabularyFileName } from './vocabulary-file.ts';

/**
 * Loads what `extendTokenizer` wrote, and checks that tokenizer and vocabulary.json belong together.
 * The JavaScript runtime encodes here, because the Rust binding answers by promises alone and one prompt is
 * rendered from many small texts; `verifyVocabulary` proves that both give the same ids. It is the part of transformers.js
 * that reads tokenizer.json: the whole takes a quarter of a second to import, in each process.
 */
export async function loadVocabulary(folder: string): Promise<Vocabulary> {
  const file = readVocabularyFile(folder);
  const tokenizerPath = join(folder, 'tokenizer.json');
  const remedy = 'Delete the folder and run again: the vocabulary stage rewrites it.';
  const tokenizerJson = readJson(tokenizerPath, remedy) as TokenizerJson;
  const config = readJson(join(folder, 'tokenizer_config.json'), remedy) as TokenizerConfig;
  const differs = (reason: string) =>
    new UserError('vocabulary/not-together', `does not belong to the tokenizer.json next to it: ${reason}`, {
      place: join(folder, vocabularyFileName),
      remedy: 'Put both files of one run there, or delete the folder and run again.',
    });
  const hash = await hashFile(tokenizerPath);
  if (hash !== file.tokenizer_sha256)
    throw differs(`expected the hash ${file.tokenizer_sha256.slice(0, 12)}…, got ${hash.slice(0, 12)}…`);

  const idsByText = new Map(tokenizerJson.added_tokens.map(({ content, id }) => [content, id]));
  const wrong = Object.entries(tokensOf(file)).find(([text, id]) => idsByText.get(text) !== id);
  if (wrong)
    throw differs(
      `expected ${wrong[0]} to have the id ${wrong[1]}, got ${idsByText.get(wrong[0]) ?? 'none'}`,
    );

  const tokenizer = new Tokenizer(tokenizerJson, config);
  const encodeWhole = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids;
  return {
    size: file.size,
    bosTokenId: file.bos_token_id,
    eosTokenId: file.eos_token_id,
    padTokenId: file.pad_token_id,
    codeTokenIds: file.item_codes.levels.map(digitIds),
    controlTokenIds: Object.fromEntries(file.control_tokens.map(({ token, id }) => [token, id])),
    encode: createPieceEncoder(tokenizerJson.added_tokens, encodeWhole),
    decode: (tokenIds) =>
      tokenIds.length === 0 ? '' : tokenizer.decode(Array.from(tokenIds), { skip_special_tokens: false }),
  };
}

/** Every added token and its id. */
export function tokensOf(file: VocabularyFile): Record<string, number> {
  const { pattern, levels } = file.item_codes;
  const ids = levels.map(digitIds);
  const codes = nameCodeTokens(
    pattern,
    ids.map(({ length }) => length),
  );
  return Object.fromEntries([
    ...codes.flatMap((texts, level) => texts.map((text, digit) => [text, ids[level][digit]])),
    ...file.control_tokens.map(({ token, id }) => [token, id]),
  ]);
}
