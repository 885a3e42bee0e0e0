import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { loadRuntime, runtimeNames } from '../../orchestrator/vocabulary/runtimes.ts';
import { trainTokenizer } from '../../orchestrator/vocabulary/train-tokenizer.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { titles } from './fixtures.ts';

test('frequent words become one token, and any text comes back from its ids in every runtime', async (t) => {
  const outFolder = temporaryFolder(t);
  const size = await trainTokenizer({ texts: titles, vocabSize: 350, outFolder });
  t.is(size, 350);
  for (const name of runtimeNames) {
    const runtime = await loadRuntime(name, outFolder);
    const [[...word]] = await runtime.encode([' hair']);
    t.is(word.length, 1, name);
    const texts = ['Coconut shampoo', 'never seen: 日本 🙂 \u0000 ½', '  spaces \n\n and lines\r\n'];
    t.deepEqual(await runtime.decode(await runtime.encode(texts)), texts, name);
  }
});

test('training twice writes the same bytes and leaves nothing else behind', async (t) => {
  const [first, second] = [temporaryFolder(t), temporaryFolder(t)];
  for (const outFolder of [first, second]) await trainTokenizer({ texts: titles, vocabSize: 350, outFolder });
  t.deepEqual(readdirSync(first).sort(), [
    'special_tokens_map.json',
    'tokenizer.json',
    'tokenizer_config.json',
  ]);
  for (const name of readdirSync(first))
    t.deepEqual(readFileSync(join(second, name)), readFileSync(join(first, name)));
});

test('a smaller vocabulary is the start of a larger one', async (t) => {
  const [small, large] = [temporaryFolder(t), temporaryFolder(t)];
  await trainTokenizer({ texts: titles, vocabSize: 300, outFolder: small });
  await trainTokenizer({ texts: titles, vocabSize: 340, outFolder: large });
  const mergesOf = (folder: string) =>
    JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')).model.merges;
  t.is(mergesOf(small).length, 40);
  t.deepEqual(mergesOf(large).slice(0, 40), mergesOf(small));
});

test('few texts give a smaller vocabulary than asked for', async (t) => {
  const size = await trainTokenizer({ texts: ['abc'], vocabSize: 2048, outFolder: temporaryFolder(t) });
  t.is(size, 262);
});
