import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { isThere } from '../../storage/is-there.ts';
import { checkedEvent } from '../source/checked-event.ts';
import { type DelimitedFile, forEachDelimitedRow } from '../source/delimited.ts';
import { requireFile, requireFolder } from '../source/files.ts';
import { itemOf } from '../source/item-text.ts';
import { chooseColumns } from './choose-columns.ts';
import { eventNeeds, fileReading, type Reader } from './reader.ts';

/** The 19 flags of `u.item`, in the order of the columns. */
const genres100k =
  "unknown Action Adventure Animation Children's Comedy Crime Documentary Drama Fantasy Film-Noir Horror Musical Mystery Romance Sci-Fi Thriller War Western".split(
    ' ',
  );

interface Edition {
  ratings: Omit<DelimitedFile, 'path'> & { name: string };
  movies: Omit<DelimitedFile, 'path'> & { name: string };
  /** Columns of user, item, time, rating. */
  event: [string, string, string, string];
  /** Columns of the id, the title and the genres (one text, or flags). */
  movie: string[];
  genresOf(values: (string | null)[]): string[];
}

const listedGenres = ([genres]: (string | null)[]) =>
  genres === null || genres === '(no genres listed)' ? [] : genres.split('|');

const editions: Edition[] = [
  {
    ratings: { name: 'u.data', delimiter: '\t', quotes: false, columns: ['user', 'item', 'rating', 'time'] },
    movies: {
      name: 'u.item',
      delimiter: '|',
      quotes: false,
      encoding: 'latin-1',
      columns: ['item', 'title', 'released', 'video released', 'address', ...genres100k],
    },
    event: ['user', 'item', 'time', 'rating'],
    movie: ['item', 'title', ...genres100k],
    genresOf: (flags) => genres100k.filter((genre, at) => flags[at] === '1' && genre !== 'unknown'),
  },
  {
    ratings: {
      name: 'ratings.dat',
      delimiter: '::',
      quotes: false,
      columns: ['user', 'item', 'rating', 'time'],
    },
    movies: {
      name: 'movies.dat',
      delimiter: '::',
      quotes: false,
      encoding: 'latin-1',
      columns: ['item', 'title', 'genres'],
    },
    event: ['user', 'item', 'time', 'rating'],
    movie: ['item', 'title', 'genres'],
    genresOf: listedGenres,
  },
  {
    ratings: { name: 'ratings.csv', delimiter: ',', quotes: true },
    movies: { name: 'movies.csv', delimiter: ',', quotes: true },
    event: ['userId', 'movieId', 'timestamp', 'rating'],
    movie: ['movieId', 'title', 'genres'],
    genresOf: listedGenres,
  },
];

/** A folder of MovieLens 100K (`u.data`, `u.item`), 1M and 10M (`*.dat`), or latest, 20M, 25M and 32M (`*.csv`). */
export const readMovielens: Reader = async (reading) => {
  const { settings, staging } = reading;
  const folder = requireFolder(settings.path, 'the folder of a MovieLens set');
  const edition = editions.find(({ ratings }) => isThere(join(folder, ratings.name)));
  if (!edition)
    throw new UserError(
      'dataset/missing-file',
      `expected one of ${editions.map(({ ratings }) => ratings.name).join(', ')} in the folder`,
      { place: folder, remedy: 'Unpack the MovieLens archive and give the folder that holds the ratings.' },
    );
  const needs = eventNeeds(reading);
  const ratings = requireFile(join(folder, edition.ratings.name), 'the ratings');
  const movies = requireFile(settings.items_path ?? join(folder, edition.movies.name), 'the movies');
  const choose = (wanted: string[]) => (names: string[], path: string) =>
    chooseColumns(
      wanted.map((name) => ({ name, key: 'format: movielens' })),
      names,
      path,
    );
  await forEachDelimitedRow(
    { ...edition.ratings, path: ratings },
    choose(edition.event),
    ([user, item, time, rating]) => staging.addEvent(checkedEvent(user, item, time, rating, needs)),
    fileReading(reading),
  );
  await forEachDelimitedRow(
    { ...edition.movies, path: movies },
    choose(edition.movie),
    ([item, title, ...rest]) => staging.addItem(itemOf(item, { title, categories: edition.genresOf(rest) })),
    fileReading(reading),
  );
};
