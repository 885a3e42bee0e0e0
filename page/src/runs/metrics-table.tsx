import { describeProtocol } from '../../../orchestrator/evaluation/describe-result.ts';
import { describeWinners } from '../../../orchestrator/evaluation/describe-winners.ts';
import {
  dataNotes,
  measurementNotes,
  metricsBlocks,
} from '../../../orchestrator/evaluation/metrics-table.ts';
import { ownRow } from '../../../orchestrator/evaluation/own-row.ts';
import { ownProtocol } from '../../../orchestrator/evaluation/seen-items.ts';
import type { EvaluationResult } from '../../../orchestrator/server/page/wire.ts';
import { Glossary } from '../parts/glossary.tsx';
import { scaleOf } from '../parts/interval.tsx';
import { AskedBadges } from './asked-badges.tsx';
import { Differences } from './differences.tsx';
import { FigureTable } from './figure-table.tsx';
import { Notes } from './notes.tsx';
import { shownColumns } from './shown-columns.ts';

/** Every method with its figures and their intervals, by what became of seen items, each column on a scale of its own. */
export function MetricsTable({ evaluation }: { evaluation: EvaluationResult }) {
  const columns = shownColumns(evaluation.protocol.cutoffs);
  const blocks = metricsBlocks(evaluation);
  const own = ownProtocol(evaluation.protocol);
  const scales = columns.map((column) =>
    scaleOf(blocks.flatMap(({ rows }) => rows.map(({ metrics }) => metrics[column]))),
  );
  return (
    <section class="card metrics" aria-labelledby="metrics-title">
      <div class="metrics-head">
        <h2 id="metrics-title">Metrics</h2>
        <AskedBadges asked={evaluation.protocol} />
      </div>
      {describeWinners(evaluation).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <FigureTable
        label="Table of metrics"
        what="method"
        columns={columns}
        scales={scales}
        groups={blocks.map(({ seen, rows }) => ({
          title: `Seen items ${seen}${blocks.length > 1 && seen === own ? ', as in the lists that it gives' : ''}`,
          rows: rows.map((row) => ({
            name: row.name,
            own: row === ownRow(rows),
            users: evaluation.protocol.users,
            metrics: row.metrics,
          })),
        }))}
      />
      <p class="hint">{describeProtocol(evaluation)}</p>
      <Glossary
        names={[
          ...columns,
          ...evaluation.methods.flatMap(({ name, beams }) => (beams ? [name, 'legal beams'] : [name])),
        ]}
      />
      {evaluation.differences.length > 0 && <Differences evaluation={evaluation} />}
      <Notes notes={[...measurementNotes(evaluation), ...dataNotes(evaluation)]} />
    </section>
  );
}
