import { useSignal } from '@preact/signals';
import { isWide, metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';
import { type Figure, Interval, type Scale, wideNote } from '../parts/interval.tsx';
import { isNarrow } from '../state/narrow.ts';

export interface FigureRow {
  name: string;
  /** What sets its figures apart from the others. */
  note?: string;
  /** Marked as the one that the table is about. */
  own?: boolean;
  /** Asked for its figures. */
  users: number;
  metrics: Record<string, Figure>;
}

/** Rows that belong together, below a line that says why. */
export interface FigureGroup {
  title: string;
  rows: FigureRow[];
}

/** So many metrics fit a phone beside the name of a row. */
const fewColumns = 2;

/** Figures with their intervals, a row each; `scales` has one for each column; null where nothing is to be compared. */
export function FigureTable({
  label,
  what,
  columns,
  scales,
  groups,
  marksBest = false,
}: {
  label: string;
  /** What a row is. */
  what: string;
  columns: string[];
  scales: Scale[] | null;
  groups: FigureGroup[];
  /** Whether the rows of a group answer the same questions, so that one of them can be the best. */
  marksBest?: boolean;
}) {
  const all = groups.flatMap(({ rows }) => rows);
  const isWhole = useSignal(false);
  const shown = isNarrow.value && !isWhole.value ? columns.slice(0, fewColumns) : columns;
  const compares = all.length > 1;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section class="scrolls" tabIndex={0} aria-label={label}>
        <table>
          <thead>
            <tr>
              <th scope="col">{what}</th>
              {shown.map((column) => (
                <th key={column} scope="col">
                  {metricTitle(column)}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(({ title, rows }) => (
            <tbody key={title}>
              <tr class="group">
                <th scope="rowgroup" colSpan={shown.length + 1}>
                  {title}
                </th>
              </tr>
              {rows.map(({ name, note, own = false, users, metrics }) => (
                <tr key={name} class={own ? 'own' : ''}>
                  <th scope="row">
                    {name}
                    {note && <span class="row-note">{note}</span>}
                  </th>
                  {shown.map((column, at) => (
                    <td key={column}>
                      {metrics[column] ? (
                        <Interval
                          figure={metrics[column]}
                          users={users}
                          scale={compares && scales ? scales[at] : null}
                          isBest={marksBest && isClearlyBest(metrics[column], rows, column)}
                        />
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
      {shown.length < columns.length && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          Show all {columns.length} metrics
        </button>
      )}
      {all.some(({ users, metrics }) =>
        shown.some((column) => metrics[column] && isWide(metrics[column], users)),
      ) && <p class="hint">{wideNote}</p>}
    </>
  );
}

/** Its interval lies above those of all others. */
function isClearlyBest(figure: Figure, rows: readonly FigureRow[], column: string): boolean {
  const others = rows.map(({ metrics }) => metrics[column]).filter((other) => other && other !== figure);
  return (
    others.length > 0 && others.every(({ high }) => figure.low !== null && high !== null && figure.low > high)
  );
}
