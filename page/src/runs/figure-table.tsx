import { metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';
import { type Figure, Interval, type Scale } from '../parts/interval.tsx';

export interface FigureRow {
  name: string;
  /** Marked as the one that the table is about. */
  own?: boolean;
  metrics: Record<string, Figure>;
}

/** Rows that belong together, below a line that says why. */
export interface FigureGroup {
  title: string;
  rows: FigureRow[];
}

/** Figures with their intervals, a row each; `scales` has one for each column. */
export function FigureTable({
  label,
  what,
  columns,
  scales,
  groups,
}: {
  label: string;
  /** What a row is. */
  what: string;
  columns: string[];
  scales: Scale[];
  groups: FigureGroup[];
}) {
  const compares = groups.flatMap(({ rows }) => rows).length > 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section class="scrolls" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{what}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {metricTitle(column)}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ title, rows }) => (
          <tbody key={title}>
            <tr class="group">
              <th scope="rowgroup" colSpan={columns.length + 1}>
                {title}
              </th>
            </tr>
            {rows.map(({ name, own = false, metrics }) => (
              <tr key={name} class={own ? 'own' : ''}>
                <th scope="row">{name}</th>
                {columns.map((column, at) => (
                  <td key={column}>
                    {metrics[column] ? (
                      <Interval figure={metrics[column]} scale={compares ? scales[at] : null} />
                    ) : (
                      '–'
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}
