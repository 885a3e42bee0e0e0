import { isSame, sameForAll, verdictOf } from '../../../orchestrator/evaluation/describe-result.ts';
import { formatSigned } from '../../../orchestrator/evaluation/format-figure.ts';
import { leadingFigure } from '../../../orchestrator/evaluation/headline.ts';
import { figuresUnder, protocolsOf } from '../../../orchestrator/evaluation/seen-items.ts';
import type { EvaluationResult } from '../../../orchestrator/server/page/wire.ts';
import type { Figure } from '../parts/interval.tsx';
import { isNarrow } from '../state/narrow.ts';

/** How far the recommender is above or below each of the others, user by user, by both protocols. */
export function Differences({ evaluation: { differences, protocol } }: { evaluation: EvaluationResult }) {
  const metric = leadingFigure(protocol.cutoffs);
  const [{ method }] = differences;
  const columns = protocolsOf(differences[0], protocol);
  return (
    <details class="notes" open={!isNarrow.value}>
      <summary>How sure the differences are</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section class="scrolls" tabIndex={0} aria-label="Table of differences">
        <table class="differences">
          <thead>
            <tr>
              <th scope="col">
                {method} in {metric}
              </th>
              {columns.map((seen) => (
                <th key={seen} scope="col">
                  Seen items {seen}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <tr key={difference.baseline}>
                <th scope="row">against {difference.baseline}</th>
                {columns.map((seen) => (
                  <td key={seen}>
                    <DifferenceOf figure={figuresUnder(seen, difference, protocol)![metric]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">Paired by user. Where the range holds 0, the two are not clearly apart.</p>
    </details>
  );
}

/** A difference, whether it is clear, and its interval. */
export function DifferenceOf({ figure }: { figure: Figure }) {
  const { value, low, high } = figure;
  if (isSame(figure)) return <span class="verdict">{sameForAll}</span>;
  const verdict = verdictOf(figure);
  return (
    <>
      <span class={`verdict verdict-${verdict.split(' ', 1)[0]}`}>
        {formatSigned(value)} {verdict === 'not clearly apart from' ? 'not clearly apart' : verdict}
      </span>
      {low !== null && high !== null && (
        <span class="range">
          {formatSigned(low)} to {formatSigned(high)}
        </span>
      )}
    </>
  );
}
