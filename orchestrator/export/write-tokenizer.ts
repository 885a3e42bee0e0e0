import { join } from 'node:path';
import { copyTokenizer } from '../fine-tuning/copy-model.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { withoutFolders } from './without-folders.ts';

const file = 'tokenizer_config.json';

/** Where transformers had read the base's tokenizer from, on whichever machine that was. */
const places = ['name_or_path', '_name_or_path', 'tokenizer_file', 'vocab_file', 'special_tokens_map_file'];

/** The run's tokenizer, without a word of where its base lay. */
export function writeTokenizer(vocabularyFolder: string, target: string): void {
  copyTokenizer(vocabularyFolder, target);
  const config = readJson(join(target, file), 'Run again with --from vocabulary.') as Record<string, unknown>;
  const { added_tokens_decoder, chat_template, ...rest } = config;
  const kept = Object.entries(rest).filter(([key]) => !places.includes(key));
  // Tokens and templates stay as they are: a slash is no folder there.
  const texts = Object.entries({ chat_template, added_tokens_decoder }).filter(
    ([, value]) => value !== undefined,
  );
  writeJson(join(target, file), {
    ...withoutFolders(Object.fromEntries(kept)),
    ...Object.fromEntries(texts),
  });
}
