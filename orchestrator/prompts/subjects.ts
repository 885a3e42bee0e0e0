import { historyBefore } from '../dataset/history-before.ts';
import type { Dataset } from '../dataset/types.ts';
import { placeOf } from '../shared/place-of.ts';
import type { Random } from '../shared/random.ts';
import { hasText } from './item-text.ts';
import type { PromptSource } from './prompt-source.ts';

/**
 * What a task's rows are about. A number below the count of events is a training event (its position in
 * `dataset.events`): the target of a history, or the last event of a user. From there on it is an item.
 */
export type Subject = number;

/** A history and the item that comes after it, or an item alone. */
export interface Context {
  /** Id of the user whose history it is. */
  user?: string;
  history: Int32Array;
  item: number;
}

/** Targets of histories: each; in the layout `user` the last of a user, who gives one row. */
export function targets({ dataset, layout }: PromptSource): Iterable<Subject> {
  return layout === 'user' ? lastTargets(dataset) : everyTarget(dataset);
}

/** Each training event but a user's first: the target of the history before it. */
export function* everyTarget({
  offsets,
  trainEnd,
}: Pick<Dataset, 'offsets' | 'trainEnd'>): Iterable<Subject> {
  for (let user = 0; user < trainEnd.length; user++)
    for (let at = offsets[user] + 1; at < trainEnd[user]; at++) yield at;
}

/** Each user's last training event, where there is one before it. */
export function* lastTargets({ offsets, trainEnd }: Dataset): Iterable<Subject> {
  for (let user = 0; user < trainEnd.length; user++)
    if (trainEnd[user] - offsets[user] >= 2) yield trainEnd[user] - 1;
}

/** Each item of the catalogue that has any text. */
export function* describedItems({ dataset }: PromptSource): Iterable<Subject> {
  const { items, events } = dataset;
  for (let item = 0; item < items.length; item++) if (hasText(items[item])) yield events.length + item;
}

/**
 * The item of a subject; or a target of `targets` with its history, drawn among the user's in the layout `user`. With
 * subsequences the history of a prefix begins anywhere, so that over the epochs every contiguous run of items is seen.
 */
export function contextOf(source: PromptSource, subject: Subject, random: Random): Context {
  const { dataset, layout, augment } = source;
  const { events, offsets } = dataset;
  if (subject >= events.length) return { history: new Int32Array(0), item: subject - events.length };
  if (layout === 'user') return beforeDrawnTarget(source, subject, random);
  const user = userOfEvent(offsets, subject);
  const first = offsets[user];
  const start = augment === 'subsequences' ? first + random.integer(subject - first) : first;
  return {
    user: dataset.userIds[user],
    history: historyBefore(dataset, start, subject),
    item: events[subject],
  };
}

/** Of a user's last event: a target of this user, drawn anew each epoch, with its history. */
export function beforeDrawnTarget({ dataset }: PromptSource, last: Subject, random: Random): Context {
  const start = dataset.offsets[userOfEvent(dataset.offsets, last)];
  const target = start + 1 + random.integer(last - start);
  return { history: historyBefore(dataset, start, target), item: dataset.events[target] };
}

/** The last user whose events start at or before this event (users without events have none). */
export function userOfEvent(offsets: Int32Array, event: number): number {
  return placeOf(offsets, event);
}
