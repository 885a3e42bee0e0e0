import type { Taken } from '../histories.ts';
import type { Habit } from './learn-repeats.ts';

/**
 * Of what a customer has taken, the items that are not offered now: those that people do not take again, and those that
 * were taken too short a time ago. `now`: in seconds, by the clock of the log. Where an item was taken at an unknown
 * time, events since then count.
 */
export function notYetAgain(
  { items, times }: Taken,
  habitOf: (item: number) => Habit,
  now: number | null,
): Set<number> {
  const latest = new Map(items.map((item, at) => [item, at]));
  const left = new Set<number>();
  for (const [item, at] of latest) {
    const { again, events, seconds } = habitOf(item);
    const time = times[at];
    const isTimed = time !== null && now !== null && seconds !== null;
    const isSoon = isTimed ? now - time < seconds : items.length - at < events;
    if (!again || isSoon) left.add(item);
  }
  return left;
}
