import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { Item } from '../../orchestrator/dataset/types.ts';
import { embedTexts } from '../../orchestrator/embedding/semantic/embed-texts.ts';
import { semanticSettings } from '../../orchestrator/embedding/semantic/settings.ts';
import { openMeaning } from '../../orchestrator/serving/meaning/open-meaning.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const kinds = [
  { title: 'Hand Cream', description: 'Rich cream for dry, cracked hands in winter.', brand: 'Nordhaut' },
  {
    title: 'Sleeping Bag',
    description: 'Keeps you warm outdoors, on tours in the mountains.',
    brand: 'Trailfox',
  },
  { title: 'Feather Wand', description: 'Play time for happy indoor cats.', brand: 'MeowCo' },
];
/** Six items of each kind. */
const items = Array.from({ length: 18 }, (_, at): Item => {
  const kind = kinds[at % 3];
  return { item_id: `i${at}`, ...kind, title: `${kind.title} ${at}`, categories: [], keywords: [] };
});

async function opened(t: ExecutionContext) {
  const folder = temporaryFolder(t);
  const settings = semanticSettings.parse({ dimensions: 8 });
  const vectors = await embedTexts(items, settings, { seed: 1, model: null }, join(folder, 'cache'));
  const meaning = (await openMeaning({ items, vectors, folder }, settings, 1))!;
  t.teardown(meaning.close);
  return async (text: string) => (await meaning.nearest(text, 4)).map(({ item }) => kinds[item % 3].title);
}

test('a request finds items whose texts say the same in other places, and nothing else', async (t) => {
  const nearest = await opened(t);
  t.deepEqual(await nearest('my hands are cracked'), new Array(4).fill('Hand Cream'));
  t.deepEqual(await nearest('we want to stay warm outdoors'), new Array(4).fill('Sleeping Bag'));
  t.deepEqual(await nearest('the cats shall be happy'), new Array(4).fill('Feather Wand'));
});

test('nothing fits what the catalogue does not know', async (t) => {
  const nearest = await opened(t);
  for (const text of [
    'wireless headphones',
    'asdf qwer',
    'I would like it',
    '',
    'a lawn mower for winter gardens',
  ])
    t.deepEqual(await nearest(text), [], text);
});
