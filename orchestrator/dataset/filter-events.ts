import { createBreathe } from '../shared/breathe.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { eventsByUser } from './events-by-user.ts';
import { coreOf, countsOf } from './k-core.ts';
import { type DatasetSettings, isShop } from './settings.ts';
import { type Events, keepEvents } from './source/event-log.ts';

/**
 * Leaves the events that the settings ask for: of a minimal rating, of items with an entry among the texts (`hasEntry`), the
 * first of each user and item, then the k-core, in this order.
 */
export async function filterEvents(
  staged: Events,
  hasEntry: (item: number) => boolean,
  settings: DatasetSettings,
  report: Reporter,
  signal?: AbortSignal,
): Promise<Events> {
  const read = staged.users.length;
  if (read === 0)
    throw new UserError('dataset/no-interactions', 'the log holds no interaction', {
      place: settings.path,
      remedy: 'Check path and format.',
    });
  const { min_rating: least, require_metadata, duplicates, k_core: k } = settings;
  let events = staged;
  const { ratings } = events;
  if (least !== null && ratings) events = keepEvents(events, (at) => ratings[at] >= least);
  if (require_metadata) {
    const { items } = events;
    events = keepEvents(events, (at) => hasEntry(items[at]));
  }
  if (duplicates === 'first') events = firstOfEach(events);
  const filtered = events.users.length;
  if (k > 1 && filtered > 0) events = await keepCore(events, settings, report, signal);
  const kept = events.users.length;
  if (kept === 0) throw nothingLeft(read, filtered, settings);
  if (kept < read) report({ type: 'note', text: `${kept} of ${read} interactions are kept` });
  return events;
}

/** Of the events of one user and item the earliest, of equal or no times the first in the log. */
function firstOfEach(events: Events): Events {
  const { users, items, times } = events;
  const { order, offsets } = eventsByUser(users);
  const gone = new Uint8Array(users.length);
  const first = new Map<number, number>();
  const timeOf = (at: number) => (Number.isNaN(times[at]) ? Number.POSITIVE_INFINITY : times[at]);
  for (let user = 0; user + 1 < offsets.length; user++) {
    first.clear();
    for (let next = offsets[user]; next < offsets[user + 1]; next++) {
      const at = order[next];
      const before = first.get(items[at]);
      const isEarlier = before === undefined || timeOf(at) < timeOf(before);
      if (isEarlier) first.set(items[at], at);
      if (before !== undefined) gone[isEarlier ? before : at] = 1;
    }
  }
  return keepEvents(events, (at) => gone[at] === 0);
}

async function keepCore(
  events: Events,
  { k_core: k, format }: DatasetSettings,
  report: Reporter,
  signal?: AbortSignal,
): Promise<Events> {
  const breathe = createBreathe(signal);
  const left = await coreOf(events, k, async (round, count) => {
    report({ type: 'note', text: `${k}-core, round ${round}: ${count} interactions` });
    await breathe();
  });
  const users = lossOf(events.users, left.users);
  const items = lossOf(events.items, left.items);
  if (users.gone + items.gone === 0) return events;
  report({
    type: 'note',
    text: `k_core: ${k} leaves out ${lost(users, isShop(format) ? 'customers' : 'users')} and ${lost(items, 'items')}; k_core: 0 keeps them`,
  });
  const { users: userOf, items: itemOf } = events;
  return keepEvents(events, (at) => left.users[userOf[at]] > 0 && left.items[itemOf[at]] > 0);
}

interface Loss {
  gone: number;
  all: number;
}

/** How many of those that had events have none left. */
function lossOf(numbers: Int32Array, left: Int32Array): Loss {
  const loss = { gone: 0, all: 0 };
  countsOf(numbers).forEach((count, number) => {
    if (count === 0) return;
    loss.all++;
    if (left[number] === 0) loss.gone++;
  });
  return loss;
}

function lost({ gone, all }: Loss, what: string): string {
  return `${gone.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} ${what}`;
}

function nothingLeft(read: number, chosen: number, settings: DatasetSettings): UserError {
  const byCore = chosen > 0;
  return new UserError(
    'dataset/nothing-left',
    byCore
      ? `the ${settings.k_core}-core of ${chosen} interactions is empty`
      : `none of ${read} interactions passes min_rating${settings.require_metadata ? ' and require_metadata' : ''}`,
    {
      place: settings.path,
      remedy: byCore
        ? 'Lower k_core (0 keeps all users and items).'
        : 'Lower min_rating, or check that the metadata have the same item ids.',
    },
  );
}
