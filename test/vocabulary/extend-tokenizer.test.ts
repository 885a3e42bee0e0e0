import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { extendTokenizer } from '../../orchestrator/vocabulary/extend-tokenizer.ts';
import { loadVocabulary } from '../../orchestrator/vocabulary/load-vocabulary.ts';
import { readVocabularyFile } from '../../orchestrator/vocabulary/vocabulary-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { changedTokenizer, realTokenizer, shippedExtension, smallTokenizer } from './fixtures.ts';

test('new ids follow the highest of the base, level by level, then control tokens', async (t) => {
  const folder = temporaryFolder(t);
  const file = await extendTokenizer({
    baseTokenizer: await smallTokenizer(join(folder, 'base')),
    levelSizes: [3, 5],
    extension: shippedExtension('marked-item-codes'),
    outFolder: join(folder, 'out'),
  });
  t.is(file.base_size, 320);
  t.is(file.size, 330);
  t.deepEqual(file.item_codes.levels, [
    { first_id: 320, size: 3 },
    { first_id: 323, size: 5 },
  ]);
  const vocabulary = await loadVocabulary(join(folder, 'out'));
  t.deepEqual(vocabulary.codeTokenIds, [
    [320, 321, 322],
    [323, 324, 325, 326, 327],
  ]);
  t.deepEqual(vocabulary.controlTokenIds, { '<|item|>': 328, '<|/item|>': 329 });
  t.deepEqual(vocabulary.encode('<|item|><|a-2|><|b-4|><|/item|>'), [328, 322, 327, 329]);
  t.deepEqual([vocabulary.bosTokenId, vocabulary.eosTokenId, vocabulary.padTokenId], [1, 2, 3]);
  t.deepEqual(readVocabularyFile(join(folder, 'out')), file);
});

test('start, end and padding tokens come from the base; the end token pads where none is named', async (t) => {
  const folder = temporaryFolder(t);
  const idsOf = async (name: 'llama2' | 'llama3' | 'qwen3') => {
    const baseTokenizer = realTokenizer(name);
    const outFolder = join(folder, name);
    await extendTokenizer({ baseTokenizer, levelSizes: [2], extension: shippedExtension(), outFolder });
    const { bosTokenId, eosTokenId, padTokenId } = await loadVocabulary(outFolder);
    return [bosTokenId, eosTokenId, padTokenId];
  };
  t.deepEqual(await idsOf('llama2'), [1, 2, 2]);
  t.deepEqual(await idsOf('llama3'), [128000, 128001, 128001]);
  t.deepEqual(await idsOf('qwen3'), [null, 151645, 151643]);
  // What a chat template is written with stays a token each beside the codes.
  const asked = (await loadVocabulary(join(folder, 'qwen3'))).encode(
    '<|im_start|>user\nA red comb<|im_end|>\n',
  );
  t.deepEqual([asked[0], asked.at(-2)], [151644, 151645]);
  t.false(asked.slice(1, -2).some((id) => id >= 151643));
});

test('a second run writes the same bytes', async (t) => {
  const folder = temporaryFolder(t);
  const run = async (name: string) => {
    const baseTokenizer = await smallTokenizer(join(folder, name, 'base'));
    const outFolder = join(folder, name, 'out');
    await extendTokenizer({ baseTokenizer, levelSizes: [4, 4], extension: shippedExtension(), outFolder });
    return outFolder;
  };
  const [first, second] = [await run('first'), await run('second')];
  t.deepEqual(readdirSync(first).sort(), [
    'special_tokens_map.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'vocabulary.json',
  ]);
  for (const name of readdirSync(first))
    t.deepEqual(readFileSync(join(second, name)), readFileSync(join(first, name)), name);
});

test('added tokens stand in tokenizer.json and tokenizer_config.json, neither normalized nor special', async (t) => {
  const folder = temporaryFolder(t);
  const baseTokenizer = realTokenizer('llama2');
  await extendTokenizer({
    baseTokenizer,
    levelSizes: [2, 1],
    extension: shippedExtension(),
    outFolder: folder,
  });
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: false };
  t.deepEqual(read('tokenizer.json').added_tokens.slice(3), [
    { id: 32000, content: '<a_0>', ...flags },
    { id: 32001, content: '<a_1>', ...flags },
    { id: 32002, content: '<b_0>', ...flags },
  ]);
  const decoder = read('tokenizer_config.json').added_tokens_decoder;
  t.deepEqual(Object.keys(decoder), ['0', '1', '2', '32000', '32001', '32002']);
  t.deepEqual(decoder['32002'], { content: '<b_0>', ...flags });
  t.true(decoder['1'].special);
});

test('the base’s truncation, padding and dropout are not taken over', async (t) => {
  const folder = temporaryFolder(t);
  const base = changedTokenizer(
    await smallTokenizer(join(folder, 'own')),
    join(folder, 'base'),
    (tokenizer) => {
      tokenizer.truncation = { direction: 'Right', max_length: 4, strategy: 'LongestFirst', stride: 0 };
      tokenizer.padding = {
        ...{ strategy: { Fixed: 8 }, direction: 'Right', pad_to_multiple_of: null },
        ...{ pad_id: 3, pad_type_id: 0, pad_token: '<pad>' },
      };
      tokenizer.model.dropout = 0.1;
    },
  );
  const outFolder = join(folder, 'out');
  await extendTokenizer({ baseTokenizer: base, levelSizes: [2], extension: shippedExtension(), outFolder });
  const written = JSON.parse(readFileSync(join(outFolder, 'tokenizer.json'), 'utf8'));
  t.deepEqual([written.truncation, written.padding, written.model.dropout], [null, null, null]);
});

test('a chat template beside the tokenizer comes along', async (t) => {
  const folder = temporaryFolder(t);
  const baseTokenizer = await smallTokenizer(join(folder, 'base'));
  writeFileSync(join(baseTokenizer, 'chat_template.jinja'), '{{ messages[0].content }}');
  const outFolder = join(folder, 'out');
  await extendTokenizer({ baseTokenizer, levelSizes: [2], extension: shippedExtension(), outFolder });
  t.true(existsSync(join(outFolder, 'chat_template.jinja')));
});

test('texts with codes survive encoding and decoding', async (t) => {
  const folder = temporaryFolder(t);
  const outFolder = join(folder, 'out');
  const baseTokenizer = await smallTokenizer(join(folder, 'base'));
  await extendTokenizer({ baseTokenizer, levelSizes: [9, 9], extension: shippedExtension(), outFolder });
  const vocabulary = await loadVocabulary(outFolder);
  for (const text of [
    'The user bought <a_1><b_2>, then <a_8><b_0>; what next?',
    'Crème brûlée <a_3> 日本 🙂\n\t"<b_8>"',
    '<a_9><b_9> are not codes here, <a_0> is',
    '',
  ])
    t.is(vocabulary.decode(vocabulary.encode(text)), text);
});

test('the piece memory gives what a whole encoding gives, for base tokens that reach into their surroundings too', async (t) => {
  const folder = temporaryFolder(t);
  const base = changedTokenizer(
    await smallTokenizer(join(folder, 'own')),
    join(folder, 'base'),
    (tokenizer) => {
      const flags = { single_word: false, lstrip: true, rstrip: false, normalized: false, special: false };
      tokenizer.added_tokens.push({ id: 320, content: '<mask>', ...flags });
    },
  );
  const outFolder = join(folder, 'out');
  await extendTokenizer({ baseTokenizer: base, levelSizes: [9], extension: shippedExtension(), outFolder });
  const vocabulary = await loadVocabulary(outFolder);
  const [a, mask] = [vocabulary.codeTokenIds[0][0], 320];
  t.deepEqual(vocabulary.encode('<a_0>  <mask><a_0>'), [a, mask, a]);
});
