import { historyBefore } from './history-before.ts';
import type { Dataset, EvaluationCase, Split } from './types.ts';

/**
 * The questions of the full ranking, user by user: one a user with leave-one-out, one for each target event with
 * a split by time. The history is all that comes before the target, whatever part it belongs to, cut to the latest
 * `historyLimit` items; what was seen is all of it (both are views). A target without history is no case; `datasetFigures` counts these.
 */
export function* evaluationCases(dataset: Dataset, split: Split): Iterable<EvaluationCase> {
  for (let user = 0; user < dataset.userIds.length; user++) {
    const [from, to] = targetsWithHistory(dataset, split, user);
    for (let at = from; at < to; at++) yield caseAt(dataset, user, at);
  }
}

/** The case whose target is this event. */
export function caseAt(dataset: Dataset, user: number, event: number): EvaluationCase {
  const { events, offsets } = dataset;
  const history = historyBefore(dataset, offsets[user], event);
  return { user, history, seen: events.subarray(offsets[user], event), target: events[event], event };
}

/** Positions in `events` of a user's targets that have a history: `[from, to)`. */
export function targetsWithHistory(dataset: Dataset, split: Split, user: number): [number, number] {
  const [from, to] = targetRange(dataset, split, user);
  return [Math.max(from, dataset.offsets[user] + 1), Math.max(to, dataset.offsets[user] + 1)];
}

/** Positions in `events` of a user's targets: `[from, to)`. */
export function targetRange(dataset: Dataset, split: Split, user: number): [number, number] {
  const { trainEnd, validationEnd, offsets } = dataset;
  return split === 'validation'
    ? [trainEnd[user], validationEnd[user]]
    : [validationEnd[user], offsets[user + 1]];
}
