import { checkedEvent, checkedTime } from '../source/checked-event.ts';
import { itemOf } from '../source/item-text.ts';
import { parseJsonRecord, type SourceRecord } from '../source/json-record.ts';
import { createAmazonReader } from './read-amazon.ts';

/**
 * JSON lines. The item is the `parent_asin` (all variants of a product), as the metadata have it; times come in
 * milliseconds and are taken as seconds.
 */
export const readAmazon2023 = createAmazonReader({
  parse: parseJsonRecord,
  eventOf: (review, needs) =>
    checkedEvent(
      review.user_id,
      review.parent_asin,
      checkedTime(review.timestamp) / 1000,
      review.rating,
      needs,
    ),
  itemOf: (metadata) =>
    itemOf(metadata.parent_asin, {
      title: metadata.title,
      description: metadata.description,
      categories: metadata.categories,
      brand: brandOf(metadata),
    }),
});

function brandOf({ details, store }: SourceRecord): unknown {
  const brand = typeof details === 'object' && details !== null && 'Brand' in details ? details.Brand : null;
  return brand ?? store;
}
