import type { IndexOverview } from '../../../orchestrator/server/page/wire.ts';
import { sourceNames } from '../parts/code.tsx';
import { Glossary } from '../parts/glossary.tsx';

const statistics = ['digits used', 'evenly used', 'entropy', 'known already', 'group', 'collision rate'];

/** A card a level: what it stands for, how well its digits are used, how large its clusters are. */
export function Levels({ overview }: { overview: IndexOverview }) {
  const { items, collision_rate, levels } = overview;
  return (
    <section class="levels" aria-label="Levels of the code">
      <p class="levels-line">
        The model names each of the <strong>{items.toLocaleString('en-US')}</strong> items by a code of{' '}
        <strong>{levels.length}</strong> digits
        {collision_rate === 0 ? ', and no two by the same' : `; ${percent(collision_rate)} are given twice`}.
        Items that share a digit are alike in what it was made from.
      </p>
      <ul class="level-cards">
        {levels.map((level) => (
          <li key={level.letter} class={`card level-card source-${level.source ?? 'plain'}`}>
            <h2>
              <span class={`digit digit-${level.source ?? 'plain'}`}>{level.letter}</span>
              {nameOf(level)}
            </h2>
            <dl>
              <div>
                <dt>digits used</dt>
                <dd>
                  {level.used.toLocaleString('en-US')} of {level.size.toLocaleString('en-US')}
                </dd>
              </div>
              <div>
                <dt>evenly used</dt>
                <dd>{percent(level.use)}</dd>
              </div>
              <div>
                <dt>entropy</dt>
                <dd>
                  {level.entropy.toFixed(2)} of {Math.log2(level.size).toFixed(2)} bits
                </dd>
              </div>
              <div>
                <dt>known already</dt>
                <dd>{percent(level.forced)}</dd>
              </div>
            </dl>
            <ClusterSizes level={level} />
          </li>
        ))}
      </ul>
      <Glossary names={[...new Set(levels.map(nameOf)), ...statistics]} />
    </section>
  );
}

function nameOf({ source }: IndexOverview['levels'][number]): string {
  return source ? sourceNames[source] : 'from elsewhere';
}

/** A single bar should not look like a wall. */
const leastBars = 12;

/** How many clusters hold how many items: both axes have their ends. */
function ClusterSizes({
  level: { letter, cluster_sizes: bars },
}: {
  level: IndexOverview['levels'][number];
}) {
  const most = Math.max(...bars.map(({ clusters }) => clusters));
  const words = bars
    .filter(({ clusters }) => clusters > 0)
    .map(({ from, to, clusters }) => `${clusters} of ${from === to ? from : `${from} to ${to}`} items`)
    .join(', ');
  const [first] = bars;
  const last = bars[bars.length - 1];
  if (first.from === last.to)
    return (
      <p class="hint">
        Each group down to {letter} has {first.from === 1 ? 'one item' : `${first.from} items`}.
      </p>
    );
  const width = Math.max(bars.length, leastBars);
  return (
    <figure class="sizes">
      <figcaption>groups of items alike down to {letter}, by their size</figcaption>
      <div class="sizes-plot">
        <span class="sizes-most">{most.toLocaleString('en-US')}</span>
        <span class="sizes-none">0</span>
        <svg
          viewBox={`0 0 ${width * 10} 40`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Groups down to ${letter}: ${words}`}
        >
          {bars.map(({ from, clusters }, at) => {
            const height = clusters === 0 ? 0 : Math.max(2, (40 * clusters) / most);
            return <rect key={from} x={at * 10 + 1} y={40 - height} width="8" height={height} />;
          })}
        </svg>
        <div class="sizes-ends" style={{ width: `${(100 * bars.length) / width}%` }}>
          <span>{first.from}</span>
          <span>{last.to} items</span>
        </div>
      </div>
    </figure>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share === 0 || share === 1 ? 0 : 1)}%`;
}
