import { visibleLine } from './visible.ts';

/** Columns padded to their widest cell, the header underlined; numbers are right-aligned. */
export function formatTable(head: string[], given: string[][]): string {
  const rows = given.map((row) => row.map(visibleLine));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  const atRight = head.map(
    (_, column) =>
      rows.length > 0 && rows.every((row) => /^([-+]?\d[\d.,]*(e-?\d+)?[ \w%]*|–|)$/.test(row[column])),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => (atRight[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
