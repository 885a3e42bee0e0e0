import { itemOf } from '../source/item-text.ts';
import { parseJsonOrPythonRecord } from '../source/json-record.ts';
import { createAmazonReader, eventOfReview } from './read-amazon.ts';

/** Reviews as JSON or Python dicts a line, metadata as Python dicts a line (`categories` is a list of paths). */
export const readAmazon2014 = createAmazonReader({
  parse: parseJsonOrPythonRecord,
  eventOf: eventOfReview,
  itemOf: (metadata) =>
    itemOf(metadata.asin, {
      title: metadata.title,
      description: metadata.description,
      categories: metadata.categories,
      brand: metadata.brand,
    }),
});
