import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chatTemplateFile, neededTokenizerFiles, specialTokensFile } from '../models/tokenizer-file-names.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import { isHubId, openHub } from '../storage/hub-files.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson } from '../storage/json-file.ts';
import { checkBaseTokenizer } from './check-base-tokenizer.ts';
import {
  specialTokenKeys,
  specialTokenText,
  type TokenizerConfig,
  type TokenizerFiles,
} from './tokenizer-files.ts';

const remedy =
  'Give the folder of a LLaMA-style model (LLaMA 2, LLaMA 3, SmolLM2, Qwen, …) with tokenizer.json and ' +
  'tokenizer_config.json, or null to train a tokenizer on the catalogue.';

/**
 * Reads a tokenizer from a folder or, by its hub id (`owner/name`), from the Hugging Face hub.
 * Throws a UserError when it is absent, broken, or not a LLaMA-style BPE.
 * `cacheFolder`: where downloads are kept (default: the transformers library's own cache).
 */
export async function loadBaseTokenizer(
  folderOrId: string,
  { cacheFolder }: { cacheFolder?: string | undefined } = {},
): Promise<TokenizerFiles> {
  if (isThere(folderOrId)) return loadable(fromFolder(folderOrId), folderOrId);
  if (isHubId(folderOrId)) return loadable(await fromHub(folderOrId, cacheFolder), folderOrId);
  throw new UserError('tokenizer/not-found', `the folder does not exist, and it is no hub id (owner/name)`, {
    place: folderOrId,
    remedy,
  });
}

/** Both runtimes that read it later must accept it: they reject cases that our own checks do not cover. */
async function loadable(files: TokenizerFiles, place: string): Promise<TokenizerFiles> {
  const { tokenizer, config } = files;
  try {
    const [{ Tokenizer }, { PreTrainedTokenizer }] = await Promise.all([
      import('tokenizers'),
      import('@huggingface/transformers'),
    ]);
    Tokenizer.fromString(JSON.stringify(tokenizer));
    new PreTrainedTokenizer(tokenizer, config).encode('a text');
  } catch (cause) {
    throw new UserError('tokenizer/not-loadable', `cannot be loaded: ${messageOf(cause)}`, {
      place,
      remedy,
      cause,
    });
  }
  return files;
}

function fromFolder(folder: string): TokenizerFiles {
  if (!statSync(folder).isDirectory())
    throw new UserError('tokenizer/not-a-folder', 'expected a folder that holds a tokenizer, got a file', {
      place: folder,
      remedy,
    });
  const path = join(folder, 'tokenizer.json');
  if (!isThere(path)) {
    const found = readdirSync(folder).sort();
    const slow = found.includes('tokenizer.model');
    throw new UserError(
      'tokenizer/missing',
      `tokenizer.json is missing; the folder ${found.length > 0 ? `holds ${found.slice(0, 6).join(', ')}` : 'is empty'}`,
      {
        place: folder,
        remedy: slow
          ? 'tokenizer.model alone is not enough: save the tokenizer once with save_pretrained of a fast tokenizer, or take the tokenizer.json from the hub.'
          : remedy,
      },
    );
  }
  const tokenizer = readJson(path, remedy);
  const config = readMap(join(folder, 'tokenizer_config.json'));
  const mapPath = join(folder, specialTokensFile);
  const map = isThere(mapPath) ? readMap(mapPath) : {};
  return { tokenizer: checkBaseTokenizer(tokenizer, path), config: withSpecialTokens(config, map), folder };
}

function readMap(path: string): TokenizerConfig {
  const value = readJson(path, remedy);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as TokenizerConfig;
  throw new UserError(
    'tokenizer/wrong-type',
    `expected a map of settings, got ${Array.isArray(value) ? 'a list' : value}`,
    {
      place: path,
      remedy,
    },
  );
}

async function fromHub(id: string, cacheFolder: string | undefined): Promise<TokenizerFiles> {
  const hub = await openHub(id, { cacheFolder });
  for (const file of neededTokenizerFiles)
    if (!(await hub.fetch(file)))
      throw new UserError('tokenizer/hub', `the hub has no ${file} of this model`, {
        place: id,
        remedy:
          'Check the id, or save the tokenizer with save_pretrained of a fast tokenizer and give its folder.',
      });
  for (const file of [specialTokensFile, chatTemplateFile, 'codes.json']) await hub.fetch(file);
  return fromFolder(hub.folder);
}

/** Special tokens as plain strings: some runtimes cannot read the object form. */
function withSpecialTokens(config: TokenizerConfig, map: TokenizerConfig): TokenizerConfig {
  const result = { ...config };
  for (const key of specialTokenKeys) {
    const text = specialTokenText(config[key]) ?? specialTokenText(map[key]);
    if (text !== null || key in config) result[key] = text;
  }
  return result;
}
