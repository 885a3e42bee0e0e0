import { metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';
import { bothProtocols } from '../../../orchestrator/evaluation/seen-items.ts';
import type { DifferencesAnswer } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { Failure } from '../parts/failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { DifferenceOf } from './differences.tsx';

/** How far each run is above or below the first, user by user, as `eager-llm runs compare` gives it. */
export function RunDifferences({ names }: { names: string[] }) {
  const path = `page/comparison/differences?runs=${encodeURIComponent(names.join(','))}`;
  const { value, error } = useLoaded<DifferencesAnswer>(path).value;
  if (error) return <Failure message={error} />;
  if (!value) return <Waiting what="Comparing user by user" />;
  if (!value.differences) return null;
  const { metrics, differences } = value.differences;
  const columns = bothProtocols
    .filter((seen) => differences.some(({ by }) => by[seen]))
    .flatMap((seen) => metrics.map((metric) => ({ seen, metric, key: `${seen} ${metric}` })));
  const [{ minus }] = differences;
  return (
    <section class="card run-differences" aria-labelledby="run-differences">
      <h2 id="run-differences">Differences, user by user</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section class="scrolls" tabIndex={0} aria-label="Table of differences between runs">
        <table class="differences">
          <thead>
            <tr>
              <th scope="col">minus {minus}</th>
              {columns.map(({ seen, metric, key }) => (
                <th key={key} scope="col">
                  {metricTitle(metric)}, seen items {seen}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map(({ run, by }) => (
              <tr key={run}>
                <th scope="row">{run}</th>
                {columns.map(({ seen, metric, key }) => {
                  const figure = by[seen]?.[metric];
                  return <td key={key}>{figure ? <DifferenceOf figure={figure} /> : '–'}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">
        Paired: both were asked about the same users. Where the range holds 0, the two are not clearly apart.
      </p>
    </section>
  );
}
