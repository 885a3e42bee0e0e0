import { itemOf } from '../source/item-text.ts';
import { parseJsonRecord } from '../source/json-record.ts';
import { createAmazonReader, eventOfReview } from './read-amazon.ts';

/** JSON lines; the metadata call the categories `category` and give the description as a list. */
export const readAmazon2018 = createAmazonReader({
  parse: parseJsonRecord,
  eventOf: eventOfReview,
  itemOf: (metadata) =>
    itemOf(metadata.asin, {
      title: metadata.title,
      description: metadata.description,
      categories: metadata.category,
      brand: metadata.brand,
    }),
});
