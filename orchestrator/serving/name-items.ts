import type { Dataset } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';
import { cardOf } from './cards.ts';
import type { ItemLinker } from './link-items.ts';

/** Finds the items that a person names, in one request or one conversation. */
export interface Namer {
  /** By an id, a title, or most of a title. Throws a UserError with the nearest ones. */
  item(name: string): number;
  /** Items by their names, in order. At most 20 names may be neither an id nor a whole title. */
  items(names: readonly string[]): number[];
  /** As `items`, but skips what is unknown, or among `without`, and gives the skipped names. */
  known(names: readonly string[], without?: ReadonlySet<number>): { items: number[]; ignored: string[] };
  /** Notes which of several items with one title was taken from a text, unless it gives the id. */
  noteTaken(item: number, text: string): void;
  /** Notes about names since the last call: which of several items with the same title was taken. */
  notes(): string[];
}

/** Titles that are not whole are costly to find: a list of ids should not be read as a list of guesses. */
const mostGuesses = 20;
const mostNotes = 20;

export function createNamer({ items }: Pick<Dataset, 'items'>, linker: ItemLinker): Namer {
  const noted = new Set<string>();
  /** Several items may share a title. */
  const taken = (item: number, named: readonly number[]): number => {
    if (named.length > 1 && noted.size < mostNotes) {
      const { item_id, title } = cardOf(items[item]);
      noted.add(
        `${named.length.toLocaleString('en-US')} items are called "${title}": item ${item_id} was taken; give an id to mean another`,
      );
    }
    return item;
  };
  const mentioned = (text: string): number | undefined => {
    const [first] = linker.read(text).mentions;
    // A single word only finds ids.
    if (!first) return undefined;
    return taken(first.item, first.words.length > 1 ? linker.named(items[first.item].title) : []);
  };
  const find = (name: string): number | undefined => {
    const named = linker.named(name);
    return named.length > 0 ? taken(named[0], named) : mentioned(name);
  };
  const item = (name: string): number => {
    const found = find(name);
    if (found !== undefined) return found;
    const near = linker.search(name, 3).map((match) => cardOf(items[match.item]));
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
  };
  return {
    item,
    items(names) {
      let guesses = 0;
      return names.map((name) => {
        if (linker.named(name).length > 0 || ++guesses <= mostGuesses) return item(name);
        throw new UserError(
          'serving/too-many-guesses',
          `more than ${mostGuesses} names are neither an id nor a whole title, the latest ${JSON.stringify(name.slice(0, 100))}`,
          { remedy: 'Give item ids.' },
        );
      });
    },
    known(names, without) {
      let guesses = 0;
      const found: number[] = [];
      const ignored: string[] = [];
      for (const name of names) {
        const mayGuess = linker.named(name).length > 0 || ++guesses <= mostGuesses;
        const number = mayGuess ? find(name) : undefined;
        if (number === undefined || without?.has(number)) ignored.push(name);
        else found.push(number);
      }
      return { items: found, ignored };
    },
    noteTaken(item, text) {
      const { item_id, title } = items[item];
      if (!text.toLowerCase().includes(item_id.toLowerCase())) taken(item, linker.named(title));
    },
    notes() {
      const said = [...noted];
      noted.clear();
      return said;
    },
  };
}
