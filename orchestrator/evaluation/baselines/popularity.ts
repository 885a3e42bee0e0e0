import { popularityOf } from '../popularity.ts';
import { sparseBaseline } from './baseline.ts';

/** The same for everyone: what was bought most. */
export const popularity = sparseBaseline('popularity', ({ dataset }) => ({
  score: () => {},
  fallback: popularityOf(dataset),
}));
