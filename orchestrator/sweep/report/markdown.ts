import type { SweepReport } from '../collect.ts';
import { partsNote, type ReportTable, reportTables } from './tables.ts';

/** The report as a page of Markdown. */
export function sweepMarkdown(report: SweepReport): string {
  const { introduction, results, notes, parts, tasks, index, settings } = reportTables(report);
  return [
    `# ${report.plan.title ?? report.name}`,
    ...introduction,
    table(results),
    ...notes,
    ...(parts ? ['## Parts of training', partsNote, table(parts)] : []),
    ...(tasks ? ['## Other tasks', table(tasks)] : []),
    ...(index ? ['## Item indices', table(index)] : []),
    '## Settings',
    table(settings),
    '',
  ].join('\n\n');
}

function table({ head, rows }: ReportTable): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
