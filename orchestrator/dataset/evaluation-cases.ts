import { historyBefore } from './history-before.ts';
import type { Dataset, EvaluationCase, Split } from './types.ts';

/**
 * The questions of the full ranking, user by user: one a user with leave-one-out, one for each target event with
 * a split by time. The history is all that comes before the target, whatever part it belongs to, cut to the latest
 * `historyLimit` items; what was seen is all of it (both are views). A target without history is no case; `datasetFigures` counts these.
 */
export function* evaluationCases(dataset: Dataset, split: Split): Iterable<EvaluationCase> {
  const { events, offsets, userIds } = dataset;
  for (let user = 0; user < userIds.length; user++) {
    const [from, to] = targetRange(dataset, split, user);
    for (let at = Math.max(from, offsets[user] + 1); at < to; at++) {
      const history = historyBefore(dataset, offsets[user], at);
      yield { user, history, seen: events.subarray(offsets[user], at), target: events[at], event: at };
    }
  }
}

/** Positions in `events` of a user's targets: `[from, to)`. */
export function targetRange(dataset: Dataset, split: Split, user: number): [number, number] {
  const { trainEnd, validationEnd, offsets } = dataset;
  return split === 'validation'
    ? [trainEnd[user], validationEnd[user]]
    : [validationEnd[user], offsets[user + 1]];
}
