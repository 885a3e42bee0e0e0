import test from 'ava';
import { whereHeld } from '../../../orchestrator/serving/wishes/where-held.ts';
import { items } from '../tiny-shop.ts';

const food = {
  ...items(1)[0],
  title: 'Wuffi Cat Food Salmon 400 g',
  brand: 'Wuffi',
  categories: ['Pets', 'Cats', 'Food'],
  description: 'Grain-free, for cats that sleep all day.',
};

test('words are found in any of their forms, a phrase where all of its words stand', (t) => {
  t.deepEqual(whereHeld(['cat', 'wuffi', 'sleeping', 'grain free', 'salmon day', 'kitten'], food), [
    { word: 'cat', fields: ['title', 'category', 'description'] },
    { word: 'wuffi', fields: ['title', 'brand'] },
    { word: 'sleeping', fields: ['description'] },
    { word: 'grain free', fields: ['description'] },
    { word: 'salmon day', fields: [] },
    { word: 'kitten', fields: [] },
  ]);
});
