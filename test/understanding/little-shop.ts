import type { Item } from '../../orchestrator/dataset/types.ts';
import { madeOnce } from '../../orchestrator/serving/made-once.ts';
import { type Intent, emptyIntent as nothingAsked } from '../../orchestrator/understanding/intent.ts';
import { createCatalogueFacts } from '../../orchestrator/understanding/language-model/catalogue-facts.ts';
import { item } from './item.ts';

/** A few things for dogs and for the garden. */
export const littleShop: Item[] = [
  item('1', 'Barker Rope Toy', ['Pets', 'Dogs', 'Toys'], {
    brand: 'Barker',
    attributes: { price: 9, color: 'Blue' },
  }),
  item('2', 'Barker Squeaky Bone', ['Pets', 'Dogs', 'Toys'], {
    brand: 'Barker',
    attributes: { price: 12, color: 'Red' },
  }),
  item('3', 'Pawsome Leather Leash', ['Pets', 'Dogs', 'Leashes'], {
    brand: 'Pawsome',
    attributes: { price: 25 },
  }),
  item('4', 'Leafy Watering Can', ['Garden'], { brand: 'Leafy', attributes: { price: 18, color: 'Green' } }),
];

export const emptyIntent = nothingAsked();

/** What rules make of "a dog toy". */
export const dogToy: Intent = {
  ...emptyIntent,
  wishes: [{ text: 'dog toy', categories: ['Pets > Dogs > Toys'], brands: [], words: [], measures: [] }],
};

/** What language models are checked against here. */
export const littleFacts = madeOnce(() => createCatalogueFacts(littleShop))();
