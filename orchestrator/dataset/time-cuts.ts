import { UserError } from '../shared/errors.ts';
import type { DatasetSettings } from './settings.ts';
import { secondsOfDate } from './source/time-notation.ts';
import { isDateDigits, unitsPerSecond } from './time-units.ts';

/**
 * Where validation and test begin: as given, or the times at which the given shares of all events have passed. Events of
 * equal time stay together, in the later part. `times`: [events], NaN = none.
 */
export function findTimeCuts(
  times: Float64Array,
  { split_times, split_fractions, path }: Pick<DatasetSettings, 'split_times' | 'split_fractions' | 'path'>,
): [number, number] {
  // NaN comes last.
  const sorted = times.slice().sort();
  const known = sorted.findLastIndex((time) => !Number.isNaN(time)) + 1;
  if (known === 0)
    throw new UserError('dataset/no-times', 'split: time needs timestamps, and the log has none', {
      place: path,
      remedy: 'Use split: leave-one-out, or name the time column in columns.time.',
    });
  const [earliest, latest] = [sorted[0], sorted[known - 1]];
  const [train, validation] = split_fractions;
  const timeAt = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  const cuts: [number, number] = split_times
    ? [toTime(split_times[0], latest), toTime(split_times[1], latest)]
    : [timeAt(train), timeAt(train + validation)];
  if (earliest < cuts[0] && cuts[0] < cuts[1] && cuts[1] <= latest) return cuts;
  throw new UserError(
    'dataset/empty-split',
    `the cuts ${cuts.join(' and ')} leave training, validation or test without an event; the log reaches from ${earliest} to ${latest}`,
    {
      place: path,
      remedy: split_times
        ? 'Give two increasing times within this range, in the unit of the log.'
        : 'Give other fractions, or two times; events with the same timestamp cannot be separated.',
    },
  );
}

/** A number as it stands; a date, also as digits where the log has none, in the unit of the log, which one of its times shows. */
function toTime(value: number | string, ofLog: number): number {
  const isNumber = typeof value === 'number' && !(isDateDigits(value) && !isDateDigits(ofLog));
  const time = isNumber ? value : secondsOfDate(withMarks(String(value))) * unitsPerSecond(ofLog);
  if (Number.isFinite(time)) return time;
  throw new UserError('dataset/not-a-time', `expected a number or a date as split time, got "${value}"`, {
    place: 'dataset.split_times',
    remedy: 'Write it like 2014-01-31 or 2014-01-31T12:00:00Z.',
  });
}

/** `20140723` and `20140723103005` as dates are written. */
function withMarks(date: string): string {
  return date
    .replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
    .replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6');
}
