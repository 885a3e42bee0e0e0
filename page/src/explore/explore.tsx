import type { IndexBranch, IndexOverview, RunsAnswer } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { getJson } from '../api/request.ts';
import { ItemSearch } from '../parts/item-search.tsx';
import { NoSuchRun } from '../parts/no-such-run.tsx';
import { hasIndex } from '../parts/standing.ts';
import { Waiting } from '../parts/waiting.tsx';
import { about } from '../state/about.ts';
import { isNarrow } from '../state/narrow.ts';
import { goTo, replaceRoute, route } from '../state/route.ts';
import { arrowKeys } from './arrow-keys.ts';
import { BranchItems } from './branch-items.tsx';
import { LevelColumn } from './level-column.tsx';
import { Levels } from './levels.tsx';
import { whatCounts } from './prefix.ts';

/** `#/index/RUN?digits=12,,3`: walk the codes of a run's items. */
export default function Explore() {
  const { path, query } = route.value;
  const run = path[1] ?? about.value!.model.id;
  return (
    <>
      <div class="title-row">
        <h1>Index</h1>
        <RunChoice run={run} />
      </div>
      <IndexOf key={run} run={run} digits={query.get('digits') ?? ''} />
    </>
  );
}

function IndexOf({ run, digits }: { run: string; digits: string }) {
  const place = `page/runs/${encodeURIComponent(run)}`;
  const overview = useLoaded<IndexOverview>(`${place}/index`);
  const branch = useLoaded<IndexBranch>(`${place}/branch?digits=${encodeURIComponent(digits)}`);
  const { error, code } = overview.value.error ? overview.value : branch.value;
  const choose = (chosen: readonly (number | null)[]) => {
    const text = chosen.map((digit) => digit ?? '').join(',');
    goTo(['index', run], /\d/.test(text) ? { digits: text } : {});
  };
  return (
    <>
      {error && <NoSuchRun message={error} code={code} view="index" />}
      {overview.value.value && branch.value.value ? (
        <Walk place={place} overview={overview.value.value} branch={branch.value.value} onChoose={choose} />
      ) : (
        !error && <Waiting what="Reading the index" />
      )}
    </>
  );
}

function Walk({
  place,
  overview,
  branch,
  onChoose,
}: {
  place: string;
  overview: IndexOverview;
  branch: IndexBranch;
  onChoose: (chosen: readonly (number | null)[]) => void;
}) {
  const { chosen, choices } = branch;
  const isChosen = chosen.some((digit) => digit !== null);
  const levels = <Levels key="levels" overview={overview} />;
  return (
    <>
      {!isNarrow.value && levels}
      <section class="card walk" aria-labelledby="walk-title">
        <div class="title-row">
          <h2 id="walk-title">Walk the codes</h2>
          <ItemSearch
            label="Find an item and jump to its code"
            placeholder="Find an item …"
            find={async (query, signal) =>
              (
                await getJson<{ items: IndexBranch['items'] }>(
                  `${place}/items?query=${encodeURIComponent(query)}`,
                  signal,
                )
              ).items
            }
            onPick={({ digits }) => onChoose(digits)}
          />
        </div>
        <p class="hint">
          A code names an item as an address names a house: the first digit is the quarter, the next the
          street, and a street’s name may occur in several quarters. Press any digit to see the items that
          have it; the other levels then show what occurs together with it.{' '}
          <span class="for-keys">Arrow keys move among digits and levels.</span>{' '}
          {isChosen && (
            <button type="button" class="link" onClick={() => onChoose([])}>
              Start again
            </button>
          )}
        </p>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the digits in it are what is pressed; the keys move among them */}
        <div class="columns" onKeyDown={arrowKeys}>
          {overview.levels.map((level, at) => (
            <LevelColumn
              key={level.letter}
              level={level}
              choices={choices[at]}
              chosen={chosen[at]}
              counted={whatCounts(overview, chosen, at)}
              onChoose={(digit) => onChoose(chosen.map((each, other) => (other === at ? digit : each)))}
            />
          ))}
        </div>
      </section>
      <BranchItems overview={overview} branch={branch} onChoose={onChoose} />
      {isNarrow.value && levels}
    </>
  );
}

function RunChoice({ run }: { run: string }) {
  const runs = useLoaded<RunsAnswer>('page/runs');
  const names = (runs.value.value?.runs ?? [])
    .filter(({ stages }) => hasIndex(stages))
    .map(({ name }) => name);
  return (
    <label class="choice">
      of the run{' '}
      <select value={run} onChange={(event) => replaceRoute(['index', event.currentTarget.value])}>
        {[...new Set([run, ...names])].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
