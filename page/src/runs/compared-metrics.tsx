import { bestBaseline } from '../../../orchestrator/evaluation/best-baseline.ts';
import { formatUsers } from '../../../orchestrator/evaluation/format-figure.ts';
import { metricsBlocks } from '../../../orchestrator/evaluation/metrics-table.ts';
import { ownRow } from '../../../orchestrator/evaluation/own-row.ts';
import { bothProtocols, ownProtocol } from '../../../orchestrator/evaluation/seen-items.ts';
import type { ComparisonAnswer, EvaluationResult, PageRun } from '../../../orchestrator/server/page/wire.ts';
import { formatFigure } from '../../../orchestrator/shared/format.ts';
import { Glossary } from '../parts/glossary.tsx';
import { scaleOf } from '../parts/interval.tsx';
import { type Asked, askedApart } from './asked.ts';
import { FigureTable } from './figure-table.tsx';
import { Gains } from './gains.tsx';
import { shownColumns } from './shown-columns.ts';
import { SideTable } from './side.tsx';

interface Evaluated {
  name: string;
  asked: Asked;
  evaluation: EvaluationResult;
}

/** Each run's own figures, each column on one scale. What the runs were not asked alike stands before them. */
export function ComparedMetrics({ runs, settings }: Pick<ComparisonAnswer, 'runs' | 'settings'>) {
  const paths = settings.find(({ path }) => path === 'dataset.path')?.values;
  const evaluated = runs.flatMap(({ run, evaluation }, at): Evaluated[] =>
    evaluation
      ? [
          {
            name: run.name,
            evaluation,
            asked: { data: run.data, holds: holdsOf(run), from: paths?.[at] ?? null, ...evaluation.protocol },
          },
        ]
      : [],
  );
  if (evaluated.length === 0) return null;
  const apart = askedApart(evaluated.map(({ asked }) => asked));
  const cutoffs = [...new Set(evaluated.flatMap(({ asked }) => asked.cutoffs))].sort((a, b) => a - b);
  const columns = shownColumns(cutoffs);
  const groups = bothProtocols
    .map((seen) => ({ title: `Seen items ${seen}`, rows: evaluated.flatMap((each) => rowOf(each, seen)) }))
    .filter(({ rows }) => rows.length > 0);
  const scales = columns.map((column) =>
    scaleOf(groups.flatMap(({ rows }) => rows.flatMap(({ metrics }) => metrics[column] ?? []))),
  );
  const table = (
    <FigureTable
      label="Table of metrics by run"
      what="run"
      columns={columns}
      // One scale would compare them.
      scales={apart.length === 0 ? scales : null}
      groups={groups}
      marksBest={apart.length === 0}
    />
  );
  return (
    <section class="card metrics" aria-labelledby="compared-metrics">
      <h2 id="compared-metrics">Metrics of the model</h2>
      {apart.length > 0 && (
        <div class="notice side" role="note">
          <p>
            <strong>These figures do not compare</strong>: the runs were not asked the same.
          </p>
          <SideTable
            title="What was not asked alike"
            what="asked"
            head={evaluated.map(({ name }) => name)}
            rows={apart.map(({ what, values }) => [what, values])}
          />
        </div>
      )}
      {apart.length === 0 ? (
        table
      ) : (
        <>
          <Gains runs={evaluated} />
          <details class="notes">
            <summary>The figures themselves, which do not compare</summary>
            {table}
          </details>
        </>
      )}
      {apart.length === 0 && evaluated.length > 1 && (
        <p class="hint">
          ▲: the highest, and its interval lies above those of all others. Where there is none, the order may
          be chance.
        </p>
      )}
      <Glossary names={[...columns, ...(apart.length > 0 ? evaluated.flatMap(baselineOf) : [])]} />
    </section>
  );
}

/** The baseline that a run is held against, to be explained. */
function baselineOf({ evaluation }: Evaluated): string[] {
  const best = bestBaseline(evaluation, ownProtocol(evaluation.protocol));
  return best ? [best.name] : [];
}

/** How large a data set is, as its stage counted it. */
function holdsOf({ stages }: PageRun): string {
  const figures = stages.find(({ stage }) => stage.endsWith('-dataset'))?.figures ?? {};
  return ['users', 'items']
    .filter((name) => typeof figures[name] === 'number')
    .map((name) => `${formatFigure(figures[name])} ${name}`)
    .join(', ');
}

function rowOf({ name, asked, evaluation }: Evaluated, seen: (typeof bothProtocols)[number]) {
  return metricsBlocks(evaluation)
    .filter((block) => block.seen === seen)
    .map(({ rows }) => ({
      name,
      note: `${formatUsers(asked)} users`,
      users: asked.users,
      metrics: ownRow(rows).metrics,
    }));
}
