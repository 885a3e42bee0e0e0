import { basename } from 'node:path';
import { skipsAnonymous } from '../settings.ts';
import { BrokenLine } from '../source/broken-line.ts';
import { checkedEvent, checkedQuantity, type EventNeeds, isAbsent } from '../source/checked-event.ts';
import type { Reading } from './reader.ts';
import { refuseHeader } from './refuse-header.ts';

export interface EventRows {
  /** User, item, time, rating and quantity of a row. */
  take(values: readonly unknown[]): void;
  /** Call once behind the last row: says what was passed over. */
  finish(): void;
}

/** Stages the interactions of a table's rows; rows without a user are passed over where `anonymous` says so. */
export function createEventRows(
  path: string,
  needs: EventNeeds,
  { settings, staging, report }: Reading,
): EventRows {
  const skip = skipsAnonymous(settings);
  const counts = { all: 0, anonymous: 0, none: 0 };
  return {
    take: ([user, item, time, rating, quantity]) => {
      counts.all++;
      if (counts.all === 1 && typeof settings.columns.user === 'number')
        refuseHeader([user, item], 'columns');
      if (isAbsent(user)) {
        if (!skip)
          throw new BrokenLine(
            'no user id',
            'If these are purchases of people without an account, set dataset.anonymous: skip.',
          );
        counts.anonymous++;
        return;
      }
      const event = checkedEvent(user, item, time, rating, needs);
      const bought = needs.quantity ? checkedQuantity(quantity) : null;
      if (bought === 0) counts.none++;
      else staging.addEvent({ ...event, quantity: bought });
    },
    finish: () => {
      const { all, anonymous, none } = counts;
      const left = (count: number, why: string) => {
        if (count > 0)
          report({
            type: 'note',
            text: `${basename(path)}: ${count} of ${all} lines ${why} and are left out`,
          });
      };
      left(anonymous, 'have no user (anonymous: skip)');
      left(none, 'have the quantity 0');
    },
  };
}
