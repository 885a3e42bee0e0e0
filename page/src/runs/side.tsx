import { formatStageFigure } from '../../../orchestrator/evaluation/stage-figures.ts';
import type { ComparisonAnswer } from '../../../orchestrator/server/page/wire.ts';
import { figureTitle } from '../parts/figure-title.ts';
import { Glossary } from '../parts/glossary.tsx';

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

/** What the stages came to: first where it differs, behind that what only some of them have, and all that is equal. */
export function Figures({ figures, names }: { figures: ComparisonAnswer['figures']; names: string[] }) {
  const rowsOf = (some: typeof figures) =>
    some.map(({ name, values }): Row => {
      // `07-evaluation users`
      const [stage, figure] = parted(name);
      return [
        `${stage.slice(3)}: ${figureTitle(figure)}`,
        values.map((each) => formatStageFigure(figure, each ?? undefined)),
      ];
    });
  const whole = figures.filter(({ values }) => values.every((each) => each !== null));
  const rows = rowsOf(whole);
  const differ = rows.filter(([, values]) => new Set(values).size > 1);
  const equal = rows.filter((row) => !differ.includes(row));
  const partly = rowsOf(figures.filter((figure) => !whole.includes(figure)));
  return (
    <>
      <Side
        title="Figures that differ"
        what="figure"
        head={names}
        empty={sayNone(figures, whole)}
        rows={differ}
        terms={whole.flatMap(({ name, values }) => [parted(name)[1], ...values.map(String)])}
      />
      {partly.length > 0 && (
        <Folded title="Figures that only some of them have" what="figure" head={names} rows={partly} />
      )}
      {equal.length > 0 && <Folded title="Figures that are equal" what="figure" head={names} rows={equal} />}
    </>
  );
}

function sayNone(figures: ComparisonAnswer['figures'], whole: typeof figures): string {
  if (figures.length === 0) return 'No stage is done yet.';
  if (whole.length === 0) return 'No stage is done in all of them.';
  return `All figures ${whole.length < figures.length ? 'that all of them have' : 'of the stages'} are equal.`;
}

/** `07-evaluation recall@10, seen kept` */
function parted(name: string): [stage: string, figure: string] {
  const at = name.indexOf(' ');
  return [name.slice(0, at), name.slice(at + 1)];
}

interface SideProps {
  title: string;
  /** What a row is. */
  what: string;
  /** The runs. */
  head: string[];
  rows: Row[];
}

/** A card with a row for each thing, a column for each run; `terms` are explained below it. */
export function Side({ empty, terms = [], ...table }: SideProps & { empty: string; terms?: string[] }) {
  return (
    <section class="card side" aria-label={table.title}>
      <h2>{table.title}</h2>
      {table.rows.length === 0 ? <p class="hint">{empty}</p> : <SideTable {...table} />}
      <Glossary names={terms} />
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
