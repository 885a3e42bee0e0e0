import type { Dataset } from '../dataset/types.ts';
import { hasText } from './item-text.ts';
import { itemsPerUserRow, type PromptSource } from './prompt-source.ts';
import type { TaskName } from './types.ts';

/**
 * What a task's rows are about. A number below the count of events is a training event (its position in
 * `dataset.events`): the target of a history, or the last event of a user. From there on it is an item.
 */
export type Subject = number;

export function itemOfSubject(dataset: Dataset, subject: Subject): number | null {
  return subject < dataset.events.length ? null : subject - dataset.events.length;
}

export function subjectOfItem(dataset: Dataset, item: number): Subject {
  return dataset.events.length + item;
}

/** Every subject of a task, one row each; only training events and catalogue texts are ever among them. */
export function subjectsOf(task: TaskName, source: PromptSource): Int32Array {
  const { dataset, layout } = source;
  switch (task) {
    case 'sequential-recommendation':
      if (layout === 'prefix') return Int32Array.from(everyTarget(dataset));
      return Int32Array.from(source.augment === 'windows' ? windowEnds(source) : lastTargets(dataset));
    case 'fused-sequential-recommendation':
      return Int32Array.from(layout === 'prefix' ? everyTarget(dataset) : lastTargets(dataset));
    case 'preference':
      return Int32Array.from(lastTargets(dataset));
    case 'item-to-index':
    case 'index-to-item':
      return Int32Array.from(describedItems(dataset));
    case 'item-search':
      return Int32Array.from(searched(source));
  }
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
function* lastTargets({ offsets, trainEnd }: Dataset): Iterable<Subject> {
  for (let user = 0; user < trainEnd.length; user++)
    if (trainEnd[user] - offsets[user] >= 2) yield trainEnd[user] - 1;
}

/** Windows from the latest backwards; the first item of one is the last of the one before, so that each item but the very first is learned once. */
function* windowEnds(source: PromptSource): Iterable<Subject> {
  const { offsets, trainEnd } = source.dataset;
  const step = itemsPerUserRow(source) - 1;
  for (let user = 0; user < trainEnd.length; user++)
    for (let at = trainEnd[user] - 1; at > offsets[user]; at -= step) yield at;
}

function* describedItems(dataset: Dataset): Iterable<Subject> {
  for (let item = 0; item < dataset.items.length; item++)
    if (hasText(dataset.items[item])) yield subjectOfItem(dataset, item);
}

/** Items for templates with a query alone, targets for templates with a history too. */
function* searched({ dataset, templates, layout }: PromptSource): Iterable<Subject> {
  const withHistory = templates.tasks['item-search'].map(({ uses }) => uses.has('history'));
  if (withHistory.includes(false)) yield* describedItems(dataset);
  if (withHistory.includes(true)) yield* layout === 'prefix' ? everyTarget(dataset) : lastTargets(dataset);
}
