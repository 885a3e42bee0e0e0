import type { PageRun, SweepAnswer } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { hasKey, request } from '../api/request.ts';
import { linkTo } from '../state/route.ts';

/** The sweeps that the runs of a list belong to, each with the way to its runs alone, and to its report. */
export function Sweeps({ runs }: { runs: readonly PageRun[] }) {
  const names = [...new Set(runs.flatMap(({ sweep }) => sweep ?? []))].sort();
  if (names.length === 0) return null;
  return (
    <section class="sweeps" aria-labelledby="sweeps-title">
      <h2 id="sweeps-title">Sweeps</h2>
      <ul>
        {names.map((name) => (
          <li key={name} class="card">
            <span>
              <strong>{name}</strong>{' '}
              <span class="hint">{runs.filter(({ sweep }) => sweep === name).length} runs</span>
            </span>
            <a href={linkTo(['runs'], { sweep: name })} aria-label={`Its runs: ${name}`}>
              Its runs
            </a>
            <ReportLink sweep={name} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A report is a page of its own; where the server wants a key, which a link cannot bring along, it is saved as a file. */
export function ReportLink({ sweep, isButton = false }: { sweep: string; isButton?: boolean }) {
  const place = `page/sweeps/${encodeURIComponent(sweep)}`;
  const path = `${place}/report`;
  const coverage = coverageOf(useLoaded<SweepAnswer>(place).value.value);
  const isSaved = hasKey();
  const text = isSaved ? 'Save its report' : 'Its report';
  return (
    <>
      <a
        class={isButton ? 'button' : undefined}
        href={path}
        target="_blank"
        rel="noreferrer"
        aria-label={`${text}: sweep ${sweep}`}
        onClick={(event) => {
          if (!isSaved) return;
          event.preventDefault();
          void save(path, `${sweep}-report.html`);
        }}
      >
        {text}
      </a>
      {coverage && <span class="hint">{coverage}</span>}
    </>
  );
}

/** `of 2 of the 5 runs`, where a report is of a part of its sweep; else null. */
function coverageOf(sweep: SweepAnswer | null): string | null {
  if (!sweep?.reported) return null;
  const all = new Set([...sweep.reported, ...sweep.here]).size;
  return sweep.reported.length < all ? `of ${sweep.reported.length} of the ${all} runs` : null;
}

async function save(path: string, name: string): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await (await request(path)).blob());
  link.download = name;
  link.click();
  // A browser may read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
