import { checkedEvent, type EventNeeds, type RawEvent } from '../source/checked-event.ts';
import type { SourceRecord } from '../source/json-record.ts';
import type { Item } from '../types.ts';
import { findAmazonFiles } from './amazon-files.ts';
import { readJsonLines } from './read-json-lines.ts';
import { eventNeeds, type Reader } from './reader.ts';

/** What differs between the years of the Amazon dumps. */
export interface AmazonYear {
  parse(line: string): SourceRecord;
  eventOf(review: SourceRecord, needs: EventNeeds): RawEvent;
  itemOf(metadata: SourceRecord): Item;
}

export function createAmazonReader({ parse, eventOf, itemOf }: AmazonYear): Reader {
  return async (reading) => {
    const { settings, staging, report } = reading;
    const files = findAmazonFiles(settings);
    const needs = eventNeeds(reading);
    await readJsonLines(files.reviews, (line) => staging.addEvent(eventOf(parse(line), needs)), reading);
    if (files.metadata === null)
      report({
        type: 'warning',
        text: `${files.reviews}: no metadata file beside it, the items have no text`,
      });
    else await readJsonLines(files.metadata, (line) => staging.addItem(itemOf(parse(line))), reading);
  };
}

/** A review as the dumps of 2014 and 2018 name its fields; some copies have its time in words alone. */
export function eventOfReview(review: SourceRecord, needs: EventNeeds): RawEvent {
  const { reviewerID, asin, unixReviewTime, reviewTime, overall } = review;
  return checkedEvent(reviewerID, asin, unixReviewTime ?? reviewTime, overall, needs);
}
