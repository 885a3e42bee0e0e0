import type { SweepReport } from '../collect.ts';
import { popularityNote } from './popularity-table.ts';
import type { ReportTable } from './report-table.ts';
import { partsNote, reportTables } from './tables.ts';

/** The report as a page of Markdown. */
export function sweepMarkdown(report: SweepReport): string {
  const { introduction, results, notes, parts, popularity, tasks, index, settings } = reportTables(report);
  return [
    `# ${report.plan.title ?? report.name}`,
    ...introduction,
    table(results),
    ...notes,
    ...(parts ? ['## Parts of training', partsNote, table(parts)] : []),
    ...(popularity ? ['## By popularity of the target', popularityNote(report), table(popularity)] : []),
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
