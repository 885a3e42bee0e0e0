import MiniSearch from 'minisearch';
import type { Item } from '../dataset/types.ts';
import { wordsOf } from '../embedding/semantic/words.ts';
import { titleOf } from '../prompts/item-text.ts';
import type { Pieces } from './made-once.ts';

/** What is not in an item: "without silicones and sulfates", "no perfume", "free of BPA". */
const absent = /\b(?:no|not|without|free (?:of|from)) [\p{L}\p{N}]+(?: (?:and|or|&) [\p{L}\p{N}]+)?/giu;

/** The texts of a catalogue by their words; ids are item numbers. */
export function* createTextIndex(items: readonly Item[]): Pieces<MiniSearch> {
  const index = new MiniSearch({
    fields: ['title', 'brand', 'kinds', 'item_id', 'description'],
    tokenize: wordsOf,
    processTerm: (word) => word,
  });
  for (const [at, item] of items.entries()) {
    index.add({
      id: at,
      item_id: item.item_id,
      title: titleOf(item),
      brand: item.brand,
      kinds: [...item.categories.slice(-2), ...item.keywords].join(' '),
      description: item.description.replace(absent, ' '),
    });
    yield;
  }
  return index;
}
