import { percent } from '../shared/percent.ts';
import { type Breakdown, type BreakdownGroup, recallUnder } from './breakdown.ts';
import { bothProtocols } from './seen-items.ts';

/** The breakdown as Markdown tables, which read well in a terminal too: under both protocols, where it has both. */
export function breakdownTables(breakdown: Breakdown): string {
  const { by_target_frequency, by_history_length, digits_found, cutoff } = breakdown;
  return [
    ...groupTables(`recall@${cutoff} by the target's training interactions`, by_target_frequency, breakdown),
    ...groupTables(`recall@${cutoff} by the items of the history`, by_history_length, breakdown),
    ...(digits_found.length > 0 ? [digitTable(digits_found)] : []),
  ].join('\n\n');
}

function groupTables(title: string, groups: readonly BreakdownGroup[], breakdown: Breakdown): string[] {
  if (!breakdown.seen) return [groupTable(title, groups, ({ recall }) => recall)];
  return bothProtocols.map((seen) =>
    groupTable(`${title}, seen items ${seen}`, groups, (group) => recallUnder(seen, group, breakdown) ?? {}),
  );
}

function groupTable(
  title: string,
  groups: readonly BreakdownGroup[],
  recallOf: (group: BreakdownGroup) => BreakdownGroup['recall'],
): string {
  const methods = Object.keys(recallOf(groups[0]));
  const total = groups.reduce((sum, { cases }) => sum + cases, 0);
  return table(
    [title, 'share of cases', ...methods],
    groups
      .filter(({ cases }) => cases > 0)
      .map((group) => [
        group.label,
        percent(group.cases / total),
        ...methods.map((name) => recallOf(group)[name]?.toFixed(4) ?? ''),
      ]),
  );
}

function digitTable(found: readonly number[]): string {
  const rows = found.map((share, at) => {
    const before = at === 0 ? 1 : found[at - 1];
    return [`the first ${at + 1}`, percent(share), before > 0 ? percent(share / before) : ''];
  });
  return table(['digits of the target that some beam has', 'share of cases', 'of those before'], rows);
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, 4, ...rows.map((row) => row[column].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
