import { checkedEvent } from '../source/checked-event.ts';
import { itemOf } from '../source/item-text.ts';
import { parseJsonRecord } from '../source/json-record.ts';
import { createAmazonReader } from './read-amazon.ts';

/** JSON lines; the metadata call the categories `category` and give the description as a list. */
export const readAmazon2018 = createAmazonReader({
  parse: parseJsonRecord,
  eventOf: (review, needs) =>
    checkedEvent(
      review.reviewerID,
      review.asin,
      review.unixReviewTime ?? review.reviewTime,
      review.overall,
      needs,
    ),
  itemOf: (metadata) =>
    itemOf(metadata.asin, {
      title: metadata.title,
      description: metadata.description,
      categories: metadata.category,
      brand: metadata.brand,
    }),
});
