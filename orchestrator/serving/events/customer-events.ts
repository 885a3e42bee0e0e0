import type { z } from 'zod';
import type { Item } from '../../dataset/types.ts';
import { UserError } from '../../shared/errors.ts';
import type { AddedEvents, eventsRequest } from '../contract/events.ts';
import type { Taken, TakenBy } from '../histories.ts';
import { type LoggedEvent, type NewEvent, openCustomerLog } from './customer-log.ts';

/** What customers have taken since the run was trained. */
export interface CustomerEvents {
  /** By known and new customers, oldest first. */
  takenBy: TakenBy;
  /** Keeps events; they are on disk when this resolves. */
  add(request: z.output<typeof eventsRequest>): Promise<AddedEvents>;
  /** Removes a customer's events from disk; how many there were. */
  forget(user: string): Promise<number>;
  /** Reads what other processes have added. */
  refresh(seconds?: number): Promise<void>;
  /** Time of the latest event, in seconds; -Infinity where there is none. */
  latest(): number;
  /** Customers with an event, in the order of the log. */
  users(): Iterable<string>;
  /** The events of all. */
  all(): Iterable<Own>;
  /** Changes with the events. */
  revision(): number;
}

export interface CustomerEventsParts {
  file: string;
  items: readonly Item[];
  /** The end of the log that the run was trained on, in seconds; null where it has no times. */
  endOfLog: number | null;
  /** When that log was read, in seconds. */
  logReadAt: number;
}

interface Own {
  item: number;
  time: number;
}

/** Opens the log of events of a run; there need be none yet. */
export async function openCustomerEvents(parts: CustomerEventsParts): Promise<CustomerEvents> {
  const { file, items } = parts;
  const numbers = new Map(items.map(({ item_id }, item) => [item_id, item]));
  const byUser = new Map<string, Own[]>();
  let latest = -Infinity;
  let revision = 0;
  const take = (events: LoggedEvent[]) => {
    revision++;
    for (const event of events) {
      const item = numbers.get(event.item);
      if (item === undefined || isCovered(event, parts)) continue;
      latest = Math.max(latest, event.time);
      const own = byUser.get(event.user) ?? [];
      byUser.set(event.user, own);
      insertByTime(own, { item, time: event.time });
    }
  };
  const log = openCustomerLog(file, take, () => {
    byUser.clear();
    latest = -Infinity;
    revision++;
  });
  await log.refresh();
  return {
    takenBy: (id) => {
      const own = byUser.get(id);
      return own ? { items: own.map(({ item }) => item), times: own.map(({ time }) => time) } : null;
    },
    async add({ events }) {
      const received = Date.now() / 1000;
      checkTimes(events, received);
      const known = events.filter(({ item }) => numbers.has(item));
      const fresh = known.map(
        ({ user, item, time, event_id }): NewEvent => ({
          user,
          item,
          time: secondsOf(time) ?? received,
          eventId: event_id ?? null,
        }),
      );
      const added = fresh.length > 0 ? await log.append(fresh) : 0;
      return {
        added,
        repeated: fresh.length - added,
        covered: fresh.filter((event) => isCovered({ ...event, received }, parts)).length,
        ignored: [...new Set(events.filter(({ item }) => !numbers.has(item)).map(({ item }) => item))],
      };
    },
    forget: log.forget,
    refresh: log.refresh,
    latest: () => latest,
    users: () => byUser.keys(),
    *all() {
      for (const own of byUser.values()) yield* own;
    },
    revision: () => revision,
  };
}

function secondsOf(time: string | number | undefined): number | undefined {
  return typeof time === 'string' ? Date.parse(time) / 1000 : time;
}

const day = 24 * 3600;

/** A clock that runs ahead by a few hours does no harm; an event of next year would stay the latest till then. */
function checkTimes(events: z.output<typeof eventsRequest>['events'], now: number): void {
  const strange = events.findIndex(({ time }) => !((secondsOf(time) ?? now) <= now + day));
  if (strange < 0) return;
  throw new UserError(
    'serving/event-time',
    `events.${strange}.time: ${JSON.stringify(events[strange].time)} lies in the future`,
    { remedy: 'Give seconds since 1970, or ISO 8601 with its zone; none of the events was kept.' },
  );
}

/** What both logs say of a customer; null where neither knows one. */
export function takenInBoth(one: Taken | null, other: Taken | null): Taken | null {
  if (!one || !other) return one ?? other;
  return { items: [...one.items, ...other.items], times: [...one.times, ...other.times] };
}

/**
 * The log that the run was trained on has this event as well: after a training with a newer export, most are of that kind.
 * A log that ends in the future ends when it was read.
 */
function isCovered(
  { time, received }: Pick<LoggedEvent, 'time' | 'received'>,
  { endOfLog, logReadAt }: CustomerEventsParts,
): boolean {
  return endOfLog === null ? received <= logReadAt : time <= Math.min(endOfLog, logReadAt);
}

/** Mostly at the end; events of one time stay in the order in which they came. */
function insertByTime(own: Own[], event: Own): void {
  let place = own.length;
  while (place > 0 && own[place - 1].time > event.time) place--;
  own.splice(place, 0, event);
}
