/**
 * A table for LaTeX with booktabs, all notes below it; the first `texts` columns are texts, all others figures. Texts may
 * hold `code` and **strong**.
 */
export function latexTable(
  head: readonly string[],
  texts: number,
  rows: readonly (readonly string[])[],
  notes: readonly string[],
): string {
  const line = (cells: readonly string[]) => `${cells.map(latexText).join(' & ')} \\\\`;
  return [
    `\\begin{tabular}{${head.map((_, at) => (at < texts ? 'l' : 'r')).join('')}}`,
    '\\toprule',
    line(head),
    '\\midrule',
    ...rows.map(line),
    '\\bottomrule',
    '\\end{tabular}',
    ...notes.map((note) => `% ${note}`),
  ].join('\n');
}

/** A text as LaTeX prints it. */
function latexText(text: string): string {
  return text
    .replace(/[\\&%$#_{}~^<>|]/g, (sign) => signs[sign] ?? `\\${sign}`)
    .replace(/[±−–→]/g, (sign) => signs[sign])
    .replace(/`([^`]+)`/g, '\\texttt{$1}')
    .replace(/\*\*([^*]+)\*\*/g, '\\textbf{$1}');
}

const signs: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '±': '$\\pm$',
  '−': '$-$',
  '–': '--',
  '→': '$\\to$',
};
