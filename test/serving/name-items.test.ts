import test from 'ava';
import { replyText } from '../../orchestrator/cli/chat/reply-text.ts';
import type { Item } from '../../orchestrator/dataset/types.ts';
import { createItemLinker } from '../../orchestrator/serving/link-items.ts';
import { createNamer } from '../../orchestrator/serving/name-items.ts';

const itemOf = (title: string, at: number): Item => ({
  item_id: `item${at}`,
  title,
  description: '',
  categories: [],
  brand: '',
  keywords: [],
});
const items = ['Same Name', 'Dove Soap Bar', 'same  name', 'Shampoo', 'Same Name', 'Shampoo'].map(itemOf);
const linker = createItemLinker(items);
const note = '3 items are called "Same Name": item item0 was taken; give an id to mean another';

test('a title that several items have takes the first, and says so, wherever it is named', (t) => {
  const namer = createNamer({ items }, linker);
  t.is(namer.item('Same Name'), 0);
  t.deepEqual(namer.notes(), [note]);
  t.deepEqual(namer.items(['dove soap bar', ' same name ']), [1, 0]);
  t.deepEqual(namer.notes(), [note]);
  namer.noteTaken(0, 'I have Same Name');
  t.deepEqual(namer.notes(), [note]);
});

test('a title of one word is no other case', (t) => {
  const namer = createNamer({ items }, linker);
  t.is(namer.item('shampoo'), 3);
  t.deepEqual(namer.notes(), [
    '2 items are called "Shampoo": item item3 was taken; give an id to mean another',
  ]);
});

test('who names an item by its id, or by a title of its own, is told nothing', (t) => {
  const namer = createNamer({ items }, linker);
  t.deepEqual(namer.items(['item4', 'item2', 'Dove Soap Bar']), [4, 2, 1]);
  namer.noteTaken(0, 'I have item0');
  namer.noteTaken(1, 'and dove soap bar');
  t.deepEqual(namer.notes(), []);
});

test('a note is said once, and not for each time the title stands there', (t) => {
  const namer = createNamer({ items }, linker);
  namer.items(['Same Name', 'Same Name', 'SAME NAME']);
  t.is(namer.notes().length, 1);
  t.deepEqual(namer.notes(), []);
});

test('the chat shows the note below its answer', (t) => {
  const text = replyText({
    type: 'items',
    mentioned: [],
    history: [{ item_id: 'item0', title: 'Same Name' }],
    query: null,
    items: [],
    notes: [note],
  });
  t.regex(text, /^Note: 3 items are called "Same Name": item item0 was taken; give an id/);
});
