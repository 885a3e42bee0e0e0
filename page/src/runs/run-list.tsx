import { signal, useSignal } from '@preact/signals';
import { isWide, metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';
import { bothProtocols } from '../../../orchestrator/evaluation/seen-items.ts';
import type { RunsAnswer } from '../../../orchestrator/server/page/wire.ts';
import { usePoll } from '../api/poll.ts';
import { ownFailure } from '../api/reach.ts';
import { getJson } from '../api/request.ts';
import { Failure } from '../parts/failure.tsx';
import { Glossary } from '../parts/glossary.tsx';
import { wideNote } from '../parts/interval.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { goTo, linkTo } from '../state/route.ts';
import { headFigure, headNames, type ListedRun, type Shown } from './headline.ts';
import { Ranked } from './ranked.tsx';
import { RunRow } from './run-row.tsx';
import { ReportLink, Sweeps } from './sweeps.tsx';
import { WayBack } from './way-back.tsx';

/** By which protocol the figures are shown: first as the lists are that each run gives. */
const shown = signal<Shown>('own');
/** By which of the two figures the best stands first; null: the latest does. */
const order = signal<0 | 1 | null>(null);

/** Every run, or those of one sweep; several can be chosen for comparison. */
export function RunList({ sweep }: { sweep: string | null }) {
  const runs = useSignal<ListedRun[] | null>(null);
  const error = useSignal<string | null>(null);
  const chosen = useSignal<readonly string[]>([]);
  usePoll(
    async (signal) => {
      try {
        runs.value = (await getJson<RunsAnswer>('page/runs', signal)).runs;
        error.value = null;
      } catch (cause) {
        error.value = ownFailure(cause as Error)?.message ?? null;
      }
      return true;
    },
    4,
    'runs',
  );
  if (!runs.value)
    return error.value ? <Failure message={error.value} /> : <Waiting what="Reading the runs" />;
  const listed = runs.value.filter((run) => sweep === null || run.sweep === sweep);
  if (sweep !== null && listed.length === 0) return <NoSweep name={sweep} runs={runs.value} />;
  const usual = headNames(listed.find(({ measured }) => measured));
  const rowOf = (run: ListedRun) => (
    <RunRow
      key={run.name}
      run={run}
      usual={usual}
      shown={shown.value}
      isChosen={chosen.value.includes(run.name)}
      onChoose={(name, isChosen) => {
        chosen.value = isChosen ? [...chosen.value, name] : chosen.value.filter((each) => each !== name);
      }}
    />
  );
  return (
    <>
      {sweep && <WayBack />}
      <div class="title-row">
        <h1>{sweep ? `Runs of the sweep ${sweep}` : 'Runs'}</h1>
        {sweep && <ReportLink sweep={sweep} isButton />}
      </div>
      {error.value && <Failure message={error.value} />}
      {sweep === null && <Sweeps runs={listed} />}
      {listed.length === 0 ? <NoRuns /> : <Choices usual={usual} />}
      {order.value === null ? (
        <ul class="run-list">{listed.map(rowOf)}</ul>
      ) : (
        <Ranked runs={listed} at={order.value} shown={shown.value} rowOf={rowOf} />
      )}
      {listed.length > 1 && <Compare chosen={chosen.value} />}
      {listed.some((run) => ([0, 1] as const).some((at) => isWideAt(run, at))) && (
        <p class="hint">{wideNote}</p>
      )}
      {listed.length > 0 && <Glossary names={[...usual, 'time']} />}
    </>
  );
}

function isWideAt(run: ListedRun, at: 0 | 1): boolean {
  const figure = headFigure(run, at, shown.value);
  return figure !== null && run.measured !== null && isWide(figure, run.measured.users);
}

/** In sight wherever one ticks. */
function Compare({ chosen }: { chosen: readonly string[] }) {
  return (
    <div class="compare-bar">
      <p id="to-compare" class="hint" role="status">
        {toCompare[chosen.length] ?? chosen.join(', ')}
      </p>
      <button
        type="button"
        class="primary"
        aria-describedby="to-compare"
        disabled={chosen.length < 2}
        onClick={() => goTo(['runs'], { compare: chosen.join(',') })}
      >
        {chosen.length < 2 ? 'Compare' : `Compare ${chosen.length} runs`}
      </button>
    </div>
  );
}

/** What is left to do, by how many runs are chosen. */
const toCompare = ['Tick two or more to compare.', 'Tick one more to compare.'];

/** In which order the runs stand, and what their figures are. */
function Choices({ usual }: { usual: readonly string[] }) {
  return (
    <div class="shown">
      <label class="choice">
        Order{' '}
        <select
          value={order.value ?? ''}
          onChange={({ currentTarget: { value } }) => {
            order.value = value === '' ? null : value === '0' ? 0 : 1;
          }}
        >
          <option value="">latest first</option>
          <option value="1">best {metricTitle(usual[1])} first</option>
          <option value="0">best {metricTitle(usual[0])} first</option>
        </select>
      </label>
      <label class="choice">
        Seen items{' '}
        <select
          value={shown.value}
          onChange={(event) => {
            shown.value = event.currentTarget.value as Shown;
          }}
        >
          <option value="own">as in each run’s own lists</option>
          {bothProtocols.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <p class="hint">
        {meanings[shown.value]} Intervals are over users; figures compare where the same users were asked.
      </p>
    </div>
  );
}

const meanings: Record<Shown, string> = {
  own: 'Each run by the lists that it gives: a badge says whether these keep seen items.',
  removed: 'No list holds what its user had before.',
  kept: 'Lists may hold what their user had before.',
};

function NoSweep({ name, runs }: { name: string; runs: readonly ListedRun[] }) {
  return (
    <>
      <WayBack />
      <h1>There are no runs of a sweep “{name}”</h1>
      <p>A sweep is shown by its name once it has runs in this folder and a report.</p>
      <Sweeps runs={runs} />
    </>
  );
}

function NoRuns() {
  return (
    <p class="hint">
      There are no runs in this folder yet. <a href={linkTo(['compose'])}>Compose one</a>, or start one in a
      terminal: <code>npx eager-llm run quickstart</code>.
    </p>
  );
}
