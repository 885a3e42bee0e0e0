import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { Item } from '../../orchestrator/dataset/types.ts';
import { embedTexts } from '../../orchestrator/embedding/semantic/embed-texts.ts';
import { fieldEncoder } from '../../orchestrator/embedding/semantic/field-encoder.ts';
import { itemFields } from '../../orchestrator/embedding/semantic/item-text.ts';
import { semanticSettings } from '../../orchestrator/embedding/semantic/settings.ts';
import { wordsOf } from '../../orchestrator/embedding/semantic/words.ts';
import { keepVectors } from '../../orchestrator/serving/meaning/kept-vectors.ts';
import type { Meaning } from '../../orchestrator/serving/meaning/meaning.ts';
import { meaningOfSentences } from '../../orchestrator/serving/meaning/meaning-of-sentences.ts';
import { openMeaning } from '../../orchestrator/serving/meaning/open-meaning.ts';
import { createMatrix, rowOf } from '../../orchestrator/shared/matrix.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const kinds = [
  {
    title: 'Hand Cream',
    description: 'Rich cream for dry, cracked hands in winter.',
    categories: ['Beauty'],
  },
  {
    title: 'Sleeping Bag',
    description: 'Keeps you warm outdoors, on tours in the mountains.',
    categories: ['Camping'],
  },
  { title: 'Feather Wand', description: 'Play time for happy indoor cats.', categories: ['Pets'] },
];
/** Six items of each kind. */
const items = Array.from({ length: 18 }, (_, at): Item => {
  const kind = kinds[at % 3];
  return { item_id: `i${at}`, ...kind, title: `${kind.title} ${at}`, brand: '', keywords: [] };
});
const titlesBy = (nearest: Meaning['nearest']) => async (text: string) =>
  (await nearest(text, 4)).map(({ item }) => kinds[item % 3].title);

async function words(t: ExecutionContext) {
  const folder = temporaryFolder(t);
  const settings = semanticSettings.parse({ dimensions: 8 });
  const vectors = await embedTexts(items, settings, { seed: 1, model: null }, join(folder, 'cache'));
  const meaning = (await openMeaning({ items, vectors, folder }, settings, 1))!;
  t.teardown(meaning.close);
  return titlesBy(meaning.nearest);
}

/** Stands for a sentence encoder: words of one row mean the same. */
const concepts = [
  ['hand', 'hands', 'cream', 'cracked', 'skin', 'fingers', 'beauty', 'rough'],
  ['sleeping', 'bag', 'warm', 'outdoors', 'camping', 'mountains', 'night', 'freeze'],
  ['cat', 'cats', 'feather', 'wand', 'pets', 'kitten', 'bored', 'play'],
  ['garden', 'lawn', 'mowers', 'mower', 'tools', 'grass', 'plants'],
  ['headphones', 'speakers', 'music', 'loud', 'films'],
];
const encode = async (texts: string[]) => {
  const vectors = createMatrix(texts.length, concepts.length + 1);
  for (const [at, text] of texts.entries()) {
    const row = rowOf(vectors, at);
    for (const word of wordsOf(text)) {
      const concept = concepts.findIndex((same) => same.includes(word));
      row[concept < 0 ? concepts.length : concept] += concept < 0 ? 0.3 : 1;
    }
    const length = Math.hypot(...row) || 1;
    for (let column = 0; column < row.length; column++) row[column] /= length;
  }
  return vectors;
};

async function sentences() {
  const texts = items.map((item) => itemFields(item, ['title', 'description']));
  const vectors = await fieldEncoder(encode)(texts);
  return titlesBy(
    await meaningOfSentences({ items, vectors, folder: '' }, 1, { encode, breathe: async () => {} }),
  );
}

test('words of the catalogue find the items that say the same in other places', async (t) => {
  const nearest = await words(t);
  t.deepEqual(await nearest('my hands are cracked'), new Array(4).fill('Hand Cream'));
  t.deepEqual(await nearest('we want to stay warm outdoors'), new Array(4).fill('Sleeping Bag'));
  t.deepEqual(await nearest('the cats shall be happy'), new Array(4).fill('Feather Wand'));
});

test('nothing fits what is said in words that the catalogue does not know', async (t) => {
  const nearest = await words(t);
  for (const text of [
    'wireless headphones',
    'asdf qwer',
    'I would like it',
    '',
    'a lawn mower for winter gardens',
  ])
    t.deepEqual(await nearest(text), [], text);
});

test('a sentence encoder finds items that share no word with the request', async (t) => {
  const nearest = await sentences();
  t.deepEqual(await nearest('my fingers are so rough'), new Array(4).fill('Hand Cream'));
  t.deepEqual(await nearest('I freeze at night'), new Array(4).fill('Sleeping Bag'));
  t.deepEqual(await nearest('the kitten is bored'), new Array(4).fill('Feather Wand'));
});

test('nothing fits a sentence that is about other things', async (t) => {
  const nearest = await sentences();
  for (const text of ['loud headphones', 'the grass on my lawn', 'zxcv', '  '])
    t.deepEqual(await nearest(text), [], text);
});

test('texts that are the same at every opening are encoded once for all, unless the folder cannot be written', async (t) => {
  const folder = temporaryFolder(t);
  const vectors = await encode(['a lamp']);
  let encoded = 0;
  const counted = async (texts: readonly string[]) => {
    encoded += texts.length;
    return encode([...texts]);
  };
  const open = (at: string, of = vectors) => keepVectors(at, of, counted)(['tea', 'a cup']);
  const first = await open(join(folder, 'cache'));
  t.deepEqual(await open(join(folder, 'cache')), first);
  t.is(encoded, 2);
  await open(join(folder, 'cache'), await encode(['a cat']));
  t.is(encoded, 4, 'vectors of another encoder');
  writeFileSync(join(folder, 'file'), '');
  t.deepEqual(await open(join(folder, 'file', 'cache')), first);
});

test('requests and texts of the catalogue get the prefixes of the encoder', async (t) => {
  const asked: string[] = [];
  const listening = async (texts: string[]) => {
    asked.push(...texts);
    return encode(texts.map((text) => text.replace(/^\w+: /, '')));
  };
  const vectors = await fieldEncoder(encode)(items.map((item) => itemFields(item, ['title', 'description'])));
  const nearest = await meaningOfSentences({ items, vectors, folder: '' }, 1, {
    encode: listening,
    prefixes: { query: 'query: ', text: 'passage: ' },
    breathe: async () => {},
  });
  t.true(
    asked.includes('passage: Camping') && asked.includes('query: golf') && asked.includes('passage: golf'),
  );
  t.deepEqual(await titlesBy(nearest)('I freeze at night'), new Array(4).fill('Sleeping Bag'));
  t.is(asked.at(-1), 'query: I freeze at night');
});
