import type { ComparisonAnswer } from '../../../orchestrator/server/page/wire.ts';
import { formatFigure } from '../../../orchestrator/shared/format.ts';
import { figureTitle } from '../parts/figure-title.ts';

type Row = [name: string, values: string[]];

/** What the recipes do not have in common: first what all of them say, and say differently. */
export function Settings({ settings, names }: { settings: ComparisonAnswer['settings']; names: string[] }) {
  const own = settings.filter(({ path }) => path !== 'name');
  const rowsOf = (some: typeof own) =>
    some.map(({ path, values }): Row => [path, values.map((each) => each ?? '–')]);
  const differ = own.filter(({ values }) => new Set(values.filter((each) => each !== null)).size > 1);
  const partly = own.filter((setting) => !differ.includes(setting));
  return (
    <>
      <Side
        title="Settings that differ"
        what="setting"
        head={names}
        empty={partly.length === 0 ? 'The recipes are equal.' : 'What all of them set is equal.'}
        rows={rowsOf(differ)}
      />
      {partly.length > 0 && (
        <Folded
          title="Settings that only some of them have"
          what="setting"
          head={names}
          rows={rowsOf(partly)}
        />
      )}
    </>
  );
}

/** What the stages came to: first where it differs, behind that all that is equal. */
export function Figures({ figures, names }: { figures: ComparisonAnswer['figures']; names: string[] }) {
  const rows = figures.map(
    ({ name, values }): Row => [
      // `07-evaluation users`
      name.replace(/^\d\d-(\S+) (.*)$/, (_, stage, figure) => `${stage}: ${figureTitle(figure)}`),
      values.map((each) => formatFigure(each ?? undefined)),
    ],
  );
  const equal = rows.filter(([, values]) => new Set(values).size === 1);
  return (
    <>
      <Side
        title="Figures that differ"
        what="figure"
        head={names}
        empty={rows.length === 0 ? 'No stage is done yet.' : 'All figures of the stages are equal.'}
        rows={rows.filter((row) => !equal.includes(row))}
      />
      {equal.length > 0 && <Folded title="Figures that are equal" what="figure" head={names} rows={equal} />}
    </>
  );
}

interface SideProps {
  title: string;
  /** What a row is. */
  what: string;
  /** The runs. */
  head: string[];
  rows: Row[];
}

/** A card with a row for each thing, a column for each run. */
export function Side({ empty, ...table }: SideProps & { empty: string }) {
  return (
    <section class="card side" aria-label={table.title}>
      <h2>{table.title}</h2>
      {table.rows.length === 0 ? <p class="hint">{empty}</p> : <SideTable {...table} />}
    </section>
  );
}

/** The same, folded, with how many rows there are. */
function Folded(table: SideProps) {
  return (
    <details class="card side">
      <summary>
        <h2>{table.title}</h2>
        <span class="count">{table.rows.length}</span>
      </summary>
      <SideTable {...table} />
    </details>
  );
}

/** A row for each thing, a column for each run. */
export function SideTable({ title, what, head, rows }: SideProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section class="scrolls" tabIndex={0} aria-label={`Table: ${title}`}>
      <table style={{ '--runs': head.length }}>
        <thead>
          <tr>
            <th scope="col">{what}</th>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, values]) => (
            <tr key={name} class={new Set(values).size > 1 ? 'differs' : ''}>
              <th scope="row">{name}</th>
              {values.map((value, at) => (
                <td key={head[at]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
