import { formatShort, metricTitle } from '../../evaluation/format-figure.ts';
import { percent } from '../../shared/percent.ts';
import { mean } from '../../shared/spread.ts';
import type { SweepReport } from '../collect.ts';
import type { ReportTable } from './report-table.ts';
import { distinct, present, type VariantRow } from './rows.ts';

/** What stands above the table. */
export function popularityNote({ metric, seen }: Pick<SweepReport, 'metric' | 'seen'>): string {
  return `${metricTitle(metric)}, seen items ${seen.join(' / ')}, by how often the training log has the target, with the share of such cases; means over seeds.`;
}

/** Where a change gains or loses: among rare targets or frequent ones. Null before anything is evaluated. */
export function popularityTable(
  rows: readonly VariantRow[],
  { seen }: Pick<SweepReport, 'seen'>,
): ReportTable | null {
  const told = rows
    .map(({ variant, runs }) => ({ variant, groups: runs.map(({ byPopularity }) => byPopularity) }))
    .filter(({ groups }) => groups.some((each) => each.length > 0));
  if (told.length === 0) return null;
  const first = told[0].groups.find((each) => each.length > 0) ?? [];
  const total = first.reduce((sum, { cases }) => sum + cases, 0);
  const shareOf = (label: string) => first.find((group) => group.label === label)?.cases ?? 0;
  const labels = distinct(told.flatMap(({ groups }) => groups.flat().map(({ label }) => label)));
  return {
    head: ['variant', ...labels.map((label) => `${label} (${percent(shareOf(label) / total)})`)],
    rows: told.map(({ variant, groups }) => [
      variant.name,
      ...labels.map((label) => {
        const own = groups.flat().filter((group) => group.label === label);
        return seen
          .map((each) => present(own.map(({ recall }) => recall[each])))
          .map((values) => (values.length > 0 ? formatShort(mean(values)) : '–'))
          .join(' / ');
      }),
    ]),
  };
}
