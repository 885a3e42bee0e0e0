import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ComparisonAnswer, NewsAnswer, RunAnswer } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { returns } from '../api/reach.ts';
import { getJson } from '../api/request.ts';
import { LineChart } from '../parts/line-chart.tsx';
import { NoSuchRun } from '../parts/no-such-run.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { linkTo } from '../state/route.ts';
import { ComparedMetrics } from './compared-metrics.tsx';
import { joinedLine, lossLines, type Part, validationLines } from './curves.ts';
import { RunDifferences } from './run-differences.tsx';
import { Figures, Settings } from './side.tsx';
import { Validations } from './validations.tsx';
import { WayBack } from './way-back.tsx';

/** Several runs side by side: metrics, curves, what their recipes do not have in common, all figures. */
export function Comparison({ names }: { names: string[] }) {
  const loaded = useLoaded<ComparisonAnswer>(`page/comparison?runs=${encodeURIComponent(names.join(','))}`);
  const { value, error, code } = loaded.value;
  const head = (
    <>
      <WayBack sweep={value ? commonSweep(value.runs) : null} />
      <h1>{error ? 'Runs that cannot be compared' : `${names.length} runs side by side`}</h1>
    </>
  );
  if (!value)
    return (
      <>
        {head}
        {error ? <NoSuchRun message={error} code={code} view="runs" /> : <Waiting what="Comparing" />}
      </>
    );
  return (
    <>
      {head}
      <ul class="compared">
        {value.runs.map(({ run }, at) => (
          <li key={run.name}>
            <span class={`swatch line-${(at % 6) + 1}`} aria-hidden="true" />
            <a href={linkTo(['runs', run.name])}>{run.name}</a>
            <StatusBadge status={run.status} planned={run.planned} stages={run.stages} />
          </li>
        ))}
      </ul>
      <ComparedMetrics runs={value.runs} settings={value.settings} />
      {value.runs.filter(({ evaluation }) => evaluation).length > 1 && <RunDifferences names={names} />}
      <ComparedCurves names={names} listsSeen={commonProtocol(value.runs)} />
      <Settings settings={value.settings} names={names} />
      <Figures figures={value.figures} names={names} />
    </>
  );
}

/** The sweep that all of them belong to. */
function commonSweep(runs: RunAnswer[]): string | null {
  const [first, ...others] = runs.map(({ run }) => run.sweep);
  return others.every((sweep) => sweep === first) ? first : null;
}

/** Whether lists of all of them may hold seen items; null where that differs, or is not known of one. */
function commonProtocol(runs: RunAnswer[]): boolean | null {
  const [first, ...others] = runs.map(({ evaluation }) => evaluation?.protocol.lists_seen ?? null);
  return others.every((each) => each === first) ? first : null;
}

function ComparedCurves({ names, listsSeen }: { names: string[]; listsSeen: boolean | null }) {
  const parts = useSignal<Part[][]>([]);
  useEffect(() => {
    const leave = new AbortController();
    const read = async (name: string) => {
      const { metrics } = await getJson<NewsAnswer>(`page/runs/${name}/news`, leave.signal);
      return metrics.map(({ part, records }) => ({ name: part, records }));
    };
    Promise.all(names.map(read)).then(
      (found) => {
        parts.value = found;
      },
      // What stands in the way of it is said above already.
      () => {},
    );
    return () => leave.abort();
  }, [names.join(), returns.value, parts]);
  const trained = parts.value.some((each) => lossLines(each).length > 0);
  if (!trained) return null;
  const lines = (of: (each: Part[]) => ReturnType<typeof lossLines>) =>
    parts.value
      .map((each, at) => joinedLine(of(each), names[at], (at % 6) + 1))
      .filter(({ points }) => points.length > 0);
  return (
    <section class="charts" aria-label="Curves">
      <LineChart title="Training loss, smoothed" x="update" lines={lines(lossLines)} />
      <Validations
        parts={parts.value.flat()}
        linesOf={(figure) => lines((each) => validationLines(each, figure))}
        listsSeen={listsSeen}
      />
    </section>
  );
}
