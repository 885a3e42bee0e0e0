import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';
import { metricsBlocks } from '../../../orchestrator/evaluation/metrics-table.ts';
import { ownRow } from '../../../orchestrator/evaluation/own-row.ts';
import { ownFirst } from '../../../orchestrator/evaluation/seen-items.ts';
import type { ComparisonAnswer, NewsAnswer, RunAnswer } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { returns } from '../api/reach.ts';
import { getJson } from '../api/request.ts';
import { Glossary } from '../parts/glossary.tsx';
import { type Figure, scaleOf } from '../parts/interval.tsx';
import { LineChart } from '../parts/line-chart.tsx';
import { NoSuchRun } from '../parts/no-such-run.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { linkTo } from '../state/route.ts';
import { joinedLine, lossLines, type Part, validationFigures, validationLines } from './curves.ts';
import { FigureTable } from './figure-table.tsx';
import { shownColumns } from './shown-columns.ts';
import { Figures, Settings } from './side.tsx';
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
      {dataOf(value.runs).size > 1 && (
        <p class="notice">These runs have different data: their metrics do not compare.</p>
      )}
      <ComparedMetrics runs={value.runs} />
      <ComparedCurves names={names} />
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

/** What the runs learned from, by its key: the same for the same data, wherever they lie. */
function dataOf(runs: RunAnswer[]): Set<string> {
  const first = runs.flatMap(({ run }) => run.stages.filter(({ stage }) => stage.endsWith('-dataset')));
  return new Set(first.flatMap(({ key }) => key ?? []));
}

/** Each run's own figures, each column on one scale. */
function ComparedMetrics({ runs }: { runs: RunAnswer[] }) {
  const evaluated = runs.flatMap(({ run, evaluation }) =>
    evaluation ? [{ name: run.name, evaluation }] : [],
  );
  if (evaluated.length === 0) return null;
  const columns = shownColumns(evaluated[0].evaluation.protocol.cutoffs);
  const groups = ownFirst(evaluated[0].evaluation.protocol)
    .map((seen) => ({
      title: `Seen items ${seen}`,
      rows: evaluated.flatMap(({ name, evaluation }) =>
        metricsBlocks(evaluation)
          .filter((block) => block.seen === seen)
          .map(({ rows }) => ownRow(rows))
          .map(({ metrics }) => ({ name, metrics })),
      ),
    }))
    .filter(({ rows }) => rows.length > 0);
  const scales = columns.map((column) =>
    scaleOf(
      groups
        .flatMap(({ rows }) => rows.map(({ metrics }): Figure | undefined => metrics[column]))
        .filter((figure) => figure !== undefined),
    ),
  );
  return (
    <section class="card metrics" aria-labelledby="compared-metrics">
      <h2 id="compared-metrics">Metrics of the model</h2>
      <FigureTable
        label="Table of metrics by run"
        what="run"
        columns={columns}
        scales={scales}
        groups={groups}
      />
      <Glossary names={columns} />
    </section>
  );
}

function ComparedCurves({ names }: { names: string[] }) {
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
      <LineChart title="Training loss" x="update" lines={lines(lossLines)} />
      {validationFigures(parts.value.flat()).map((figure) => (
        <LineChart
          key={figure}
          title={`Validation ${metricTitle(figure)}`}
          x="epoch"
          lines={lines((each) => validationLines(each, figure))}
          dots
        />
      ))}
    </section>
  );
}
