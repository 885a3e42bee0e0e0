import { bestBaseline } from '../../../orchestrator/evaluation/best-baseline.ts';
import { formatShort } from '../../../orchestrator/evaluation/format-figure.ts';
import { leadingFigure } from '../../../orchestrator/evaluation/headline.ts';
import { ownRow } from '../../../orchestrator/evaluation/own-row.ts';
import { ownProtocol } from '../../../orchestrator/evaluation/seen-items.ts';
import type { EvaluationResult } from '../../../orchestrator/server/page/wire.ts';
import { DifferenceOf } from './differences.tsx';

/** Of runs that were not asked alike: how far each is above or below its own best baseline, which was asked as it was. */
export function Gains({ runs }: { runs: readonly { name: string; evaluation: EvaluationResult }[] }) {
  return (
    <>
      <p>
        What compares is how far each is above or below the best baseline of its own, which was asked the same
        as the run, by the lists that it gives.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section class="scrolls" tabIndex={0} aria-label="Table of gains by run">
        <table class="differences gains">
          <thead>
            <tr>
              <th scope="col">run</th>
              <th scope="col">above or below</th>
              <th scope="col">its best baseline</th>
              <th scope="col">itself</th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ name, evaluation }) => (
              <Gain key={name} name={name} evaluation={evaluation} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">Paired by user. Where the range holds 0, the two are not clearly apart.</p>
    </>
  );
}

function Gain({ name, evaluation }: { name: string; evaluation: EvaluationResult }) {
  const { protocol, methods } = evaluation;
  const seen = ownProtocol(protocol);
  const metric = leadingFigure(protocol.cutoffs);
  const best = bestBaseline(evaluation, seen);
  return (
    <tr>
      <th scope="row">
        {name}
        <span class="row-note">
          {metric}, seen items {seen}
        </span>
      </th>
      <td>{best ? <DifferenceOf figure={best.difference} /> : '–'}</td>
      <td>{best ? `${best.name} ${formatShort(best.figure.value)}` : 'none was asked for'}</td>
      <td>{formatShort(ownRow(methods).metrics[metric].value)}</td>
    </tr>
  );
}
