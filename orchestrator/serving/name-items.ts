import type { Dataset } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';
import { cardOf } from './cards.ts';
import type { ItemLinker } from './link-items.ts';

/** The item that a person means by an id, a title, or most of a title. Throws a UserError with the nearest ones. */
export function itemNamed(name: string, { items }: Dataset, linker: ItemLinker): number {
  const item = linker.find(name) ?? linker.read(name).mentions[0]?.item;
  if (item !== undefined) return item;
  const near = linker.search(name, 3).map((found) => cardOf(items[found.item]));
  const shown = near.map(({ item_id, title }) => `${item_id} (${title})`);
  throw new UserError(
    'serving/unknown-item',
    `the catalogue has no item ${JSON.stringify(name.slice(0, 100))}`,
    {
      remedy:
        shown.length > 0
          ? `Did you mean ${shown.join(', or ')}?`
          : 'Give an item id or a title of the catalogue.',
    },
  );
}

/** Titles that are not whole are costly to find: a list of ids should not be read as a list of guesses. */
const mostGuesses = 20;

/** Items by their names, in order. Of names that are neither an id nor a whole title, a request may have 20. */
export function itemsNamed(names: readonly string[], dataset: Dataset, linker: ItemLinker): number[] {
  let guesses = 0;
  return names.map((name) => {
    const item = linker.find(name);
    if (item !== null) return item;
    if (++guesses <= mostGuesses) return itemNamed(name, dataset, linker);
    throw new UserError(
      'serving/too-many-guesses',
      `more than ${mostGuesses} names are neither an id nor a whole title, the latest ${JSON.stringify(name.slice(0, 100))}`,
      { remedy: 'Give item ids.' },
    );
  });
}
