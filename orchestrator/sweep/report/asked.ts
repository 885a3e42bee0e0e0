import { formatUsers, isWide } from '../../evaluation/format-figure.ts';
import type { SweepReport } from '../collect.ts';
import { distinct, present, variantRows } from './rows.ts';

type Protocol = NonNullable<SweepReport['runs'][number]['protocol']>;

/** Variants that were asked something else than the first: what they were asked, by name. Their figures do not compare. */
export function askedOtherwise(report: SweepReport): Map<string, string> {
  const rows = variantRows(report).map(({ variant, runs }) => ({
    name: variant.name,
    asked: distinct(present(runs.map(({ protocol }) => protocol)).map(sayAsked)).join('; '),
  }));
  const [first] = rows.filter(({ asked }) => asked !== '');
  return new Map(
    rows.filter(({ asked }) => asked !== '' && asked !== first.asked).map(({ name, asked }) => [name, asked]),
  );
}

/** Which variants have figures that say little, and why, in sentences. */
export function askedNotes(report: SweepReport): string[] {
  const others = [...askedOtherwise(report)].map(([name, asked]) => `${name} (${asked})`);
  const wide = variantRows(report).filter(({ runs }) =>
    runs.some(({ test, protocol }) =>
      Object.values(test).some((figures) =>
        [report.metric, report.gain].some(
          (name) => figures[name] && isWide(figures[name], protocol?.users ?? Infinity),
        ),
      ),
    ),
  );
  return [
    ...(others.length > 0
      ? [
          `**Not asked alike**, so that figures do not compare with those of the first row: ${others.join(', ')}.`,
        ]
      : []),
    ...(wide.length > 0
      ? [
          `The interval is so wide that the second digit is not sure: ${wide.map(({ variant }) => variant.name).join(', ')}.`,
        ]
      : []),
  ];
}

function sayAsked(protocol: Protocol): string {
  const { split, items, cutoffs } = protocol;
  return `${formatUsers(protocol)} users of the ${split} split, ${items.toLocaleString('en-US')} items, lists of ${cutoffs.join(', ')}`;
}
