import type { Item } from '../../orchestrator/dataset/types.ts';
import {
  createUnderstanding,
  type Intent,
  type Understanding,
} from '../../orchestrator/understanding/index.ts';

type Row = [
  id: string,
  title: string,
  path: string,
  brand: string,
  price: number,
  stock: number,
  text: string,
  colour?: string,
];

const rows: Row[] = [
  ['P1', 'Terra Flower Pot Clay 20 cm', 'Garden > Pots', 'Terra', 12, 5, 'Fired clay, frost proof.', 'Red'],
  ['P2', 'Terra Flower Pot Zinc 30 cm', 'Garden > Pots', 'Terra', 24, 3, 'For balcony and terrace.', 'Gray'],
  ['P3', 'Oak & Iron Hanging Pot Ceramic', 'Garden > Pots', 'Oak & Iron', 31.5, 0, 'Glazed by hand.', 'Blue'],
  ['P4', 'Grünwerk Herb Pot Clay', 'Garden > Pots', 'Grünwerk', 8, 40, 'For parsley and chives.', 'Red'],
  [
    'T1',
    'Oak & Iron Hedge Shears',
    'Garden > Tools',
    'Oak & Iron',
    49,
    7,
    'Forged steel, cuts hedges.',
    'Black',
  ],
  ['T2', 'Grünwerk Spade', 'Garden > Tools', 'Grünwerk', 35, 9, 'Ash wood handle.', 'Black'],
  ['T3', 'Grünwerk Watering Can 5 l', 'Garden > Tools', 'Grünwerk', 19.9, 2, 'With a long spout.', 'Green'],
  ['T4', 'Terra Watering Can 10 l', 'Garden > Tools', 'Terra', 27, 4, 'With a long spout.', 'Blue'],
  [
    'S1',
    'Grünwerk Tomato Seeds 50 pcs',
    'Garden > Seeds',
    'Grünwerk',
    3,
    90,
    'Old sort, without pesticides.',
  ],
  [
    'S2',
    'Grünwerk Basil Seeds 200 pcs',
    'Garden > Seeds',
    'Grünwerk',
    2.5,
    80,
    'Without pesticides and peat.',
  ],
  ['S3', 'Terra Sunflower Seeds 100 pcs', 'Garden > Seeds', 'Terra', 2.9, 60, 'Grows two metres high.'],
  ['G1', 'Tonart Western Guitar', 'Music > Guitars', 'Tonart', 249, 2, 'Spruce top, for strumming.'],
  ['G2', 'Tonart Classical Guitar 3/4', 'Music > Guitars', 'Tonart', 129, 6, 'For small hands.'],
  ['G3', 'Sonata Electric Guitar', 'Music > Guitars', 'Sonata', 399, 1, 'With two pickups.'],
  ['M1', 'Sonata Guitar Strings 6 pcs', 'Music > Strings & Picks', 'Sonata', 11, 30, 'Bronze wound.'],
  [
    'M2',
    'Tonart Violin Strings',
    'Music > Strings & Picks',
    'Tonart',
    22,
    12,
    'Gut core, for an instrument of wood.',
  ],
  ['M3', 'Sonata Felt Pick', 'Music > Strings & Picks', 'Sonata', 4, 50, 'Soft sound.'],
  [
    'B1',
    'Piep Bird Food Wild 1 kg',
    'Pets > Birds > Food',
    'Piep',
    5,
    20,
    'Sunflower and oats for wild birds.',
  ],
  ['B2', 'Piep Bird Food Parrot 5 kg', 'Pets > Birds > Food', 'Piep', 21, 10, 'Fruit and nuts for parrots.'],
  ['B3', 'Piep Nesting Box', 'Pets > Birds > Houses', 'Piep', 17, 8, 'For blue tits.'],
  ['D1', 'Knurr Dog Bed L', 'Pets > Dogs > Beds', 'Knurr', 59, 3, 'Washable cover.'],
  ['D2', 'Knurr Dog Bed S', 'Pets > Dogs > Beds', 'Knurr', 39, 5, 'Washable cover.'],
  ['D3', 'Knurr Rope Toy', 'Pets > Dogs > Toys', 'Knurr', 9, 15, 'For dogs that like to play.'],
  ['D4', 'Knurr Ball Toy Squeaky', 'Pets > Dogs > Toys', 'Knurr', 7, 0, 'For dogs that like to play.'],
  ['K1', 'Murmel Marble Run', 'Kids > Toys', 'Murmel', 44, 6, 'For children from 4 years.'],
  ['K2', 'Murmel Wooden Blocks', 'Kids > Toys', 'Murmel', 29, 9, 'For children from 1 year.'],
  ['K3', 'Murmel Bib', 'Kids > Clothing', 'Murmel', 8, 22, 'Soft cotton.'],
  ['H1', 'Kellner Pepper & Salt Mill', 'Home > Table', 'Kellner', 34, 6, 'Beech and ceramic.', 'Black'],
  ['H2', 'Kellner Table Cloth 140x200', 'Home > Table', 'Kellner', 45, 4, 'Linen, stain free.', 'White'],
  [
    'H3',
    'Kellner Picnic Blanket 4P',
    'Home > Table',
    'Kellner',
    38,
    3,
    'Water repellent, keeps you warm on cold ground.',
    'Green',
  ],
  ['H4', 'Kellner Picnic Blanket 2P', 'Home > Table', 'Kellner', 28, 3, 'Water repellent.', 'Red'],
  ['H5', 'Kellner Gift Ribbon 10 m', 'Home > Wrapping', 'Kellner', 6, 33, 'Satin.', 'Red'],
  ['C1', 'Aroma Cologne for Men', 'Care > Scents > Men', 'Aroma', 48, 7, 'A fragrance with cedar.'],
  ['C2', 'Aroma Rose Water', 'Care > Scents > Women', 'Aroma', 36, 7, 'A fragrance with roses.'],
];

/** A made-up shop for the garden, music and home. */
export const items: Item[] = rows.map(([item_id, title, path, brand, price, stock, description, colour]) => ({
  item_id,
  title,
  description,
  categories: path.split(' > '),
  brand,
  keywords: [],
  attributes: { price, stock, ...(colour ? { colour } : {}) },
}));

export function understandingOf(some: readonly Item[]): Understanding {
  const pieces = createUnderstanding(some);
  let piece = pieces.next();
  while (!piece.done) piece = pieces.next();
  return piece.value;
}

export const shop = understandingOf(items);

/** What the shop understands; behind a turn, the ids of the list that answered it: `'pots -> P1 P2'`. */
export function read(...turns: string[]): Intent {
  return shop.read(
    turns.map((turn) => {
      const [text, shown = ''] = turn.split(' -> ');
      return { text, shown: shown.split(' ').filter(Boolean) };
    }),
  );
}

/** Of each wish, its categories and what else it asks for, in one line. */
export function wishesOf(...turns: string[]): string[] {
  return read(...turns).wishes.map(({ categories, brands, words, measures }) =>
    [categories.join(' or '), ...brands, ...words, ...measures].filter(Boolean).join(' + '),
  );
}

/** Of each exclusion, what it leaves out. */
export function withoutOf(...turns: string[]): string[] {
  return read(...turns).without.map(({ categories, brands, words, item_ids }) =>
    [...categories, ...brands, ...words, ...item_ids].join(' + '),
  );
}
