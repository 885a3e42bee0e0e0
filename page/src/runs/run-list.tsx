import { signal, useSignal } from '@preact/signals';
import type { Seen } from '../../../orchestrator/evaluation/seen-items.ts';
import type { RunsAnswer } from '../../../orchestrator/server/page/wire.ts';
import { formatDuration } from '../../../orchestrator/shared/format.ts';
import { usePoll } from '../api/poll.ts';
import { ownFailure } from '../api/reach.ts';
import { getJson } from '../api/request.ts';
import { Failure } from '../parts/failure.tsx';
import { Glossary } from '../parts/glossary.tsx';
import { stagesOf, standingOf } from '../parts/standing.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { about } from '../state/about.ts';
import { goTo, linkTo } from '../state/route.ts';
import { ago } from './ago.ts';
import { headline, headlineMetrics, saysProtocol } from './headline.ts';
import { ReportLink, Sweeps } from './sweeps.tsx';
import { WayBack } from './way-back.tsx';

type ListedRun = RunsAnswer['runs'][number];

/** By which protocol the figures of all runs are shown, so that they compare. */
const seen = signal<Seen>('removed');

/** Every run, or those of one sweep, the latest first; several can be chosen for comparison. */
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
  const toggle = (name: string, isChosen: boolean) => {
    chosen.value = isChosen ? [...chosen.value, name] : chosen.value.filter((each) => each !== name);
  };
  // What a run that is not evaluated yet will most likely be told by.
  const usual =
    listed.map((run) => headlineMetrics(run)).find((names) => names.every((name) => name.includes('@'))) ??
    [];
  return (
    <>
      {sweep && <WayBack />}
      <div class="title-row">
        <h1>{sweep ? `Runs of the sweep ${sweep}` : 'Runs'}</h1>
        {sweep && <ReportLink sweep={sweep} isButton />}
        {listed.length > 1 && <Compare chosen={chosen.value} />}
      </div>
      {error.value && <Failure message={error.value} />}
      {sweep === null && <Sweeps runs={listed} />}
      {listed.length === 0 ? <NoRuns /> : <Protocol />}
      <ul class="run-list">
        {listed.map((run) => (
          <RunRow
            key={run.name}
            run={run}
            usual={usual}
            isChosen={chosen.value.includes(run.name)}
            onChoose={toggle}
          />
        ))}
      </ul>
      {listed.length > 0 && <Glossary names={['items', ...usual, 'time']} />}
    </>
  );
}

function Compare({ chosen }: { chosen: readonly string[] }) {
  return (
    <>
      <p id="to-compare" class="hint to-compare">
        {toCompare[chosen.length] ?? ''}
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
    </>
  );
}

/** What the figures of the list are. */
function Protocol() {
  return (
    <p class="hint protocol">
      Figures on the test split, unless a run says otherwise, with items that a person had before{' '}
      <select
        aria-label="Items that a person had before"
        value={seen.value}
        onChange={(event) => {
          seen.value = event.currentTarget.value as Seen;
        }}
      >
        <option value="removed">removed from</option>
        <option value="kept">kept in</option>
      </select>{' '}
      the lists. Only runs on the same data compare.
    </p>
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

/** What is left to do, by how many runs are chosen. */
const toCompare = ['Tick two or more to compare them.', 'Tick one more to compare it with.'];

function RunRow({
  run,
  usual,
  isChosen,
  onChoose,
}: {
  run: ListedRun;
  /** The metrics that head the columns of runs without figures. */
  usual: readonly string[];
  isChosen: boolean;
  onChoose: (name: string, isChosen: boolean) => void;
}) {
  const { name, status, record, planned, stages, under_way } = run;
  const { length: count } = stagesOf(planned);
  const done = stages.filter(({ state }) => state === 'done');
  const seconds = done.reduce((sum, stage) => sum + (stage.seconds ?? 0), 0);
  return (
    <li class="card run-row">
      <label class="run-choice">
        <input
          type="checkbox"
          aria-label={`Compare ${name}`}
          checked={isChosen}
          onChange={(event) => onChoose(name, event.currentTarget.checked)}
        />
      </label>
      <div class="run-row-head">
        <a class="run-name" href={linkTo(['runs', name])}>
          {name}
        </a>
        <StatusBadge status={status} planned={planned} stages={stages} />
        {under_way && (
          <a class="hint" href={linkTo(['runs', `${name}@${under_way.version}`])}>
            version {under_way.version}: {under_way.status}
          </a>
        )}
        {name === about.value?.model.id && (
          <span class="badge" title="Answers of this page come from it.">
            answers here
          </span>
        )}
        <span class="hint">
          {[
            standingOf(run),
            record ? `${status === 'running' ? 'started ' : ''}${ago(record.updated_at)}` : '',
            measuredOf(run),
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
      </div>
      <dl class="run-row-figures">
        {headline(run, usual, seen.value).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>time</dt>
          <dd>{formatDuration(seconds)}</dd>
        </div>
      </dl>
      <span class="stage-pips" role="img" aria-label={`${done.length} of ${count} stages done`}>
        {Array.from({ length: count }, (_, at) => (
          <span key={at} class={pipOf(run, at)} />
        ))}
      </span>
    </li>
  );
}

/** What sets the figures of a run apart from those of the others. */
function measuredOf(run: ListedRun): string {
  return [
    run.split === 'validation' ? 'measured on the validation split' : '',
    saysProtocol(run) ? '' : 'by its own protocol',
  ]
    .filter(Boolean)
    .join(', ');
}

function pipOf({ stages, status }: ListedRun, at: number): string {
  const stage = stages[at]?.state === 'missing' ? undefined : stages[at];
  if (stage?.state === 'done') return 'pip pip-done';
  return stage && status === 'running' ? 'pip pip-running' : stage ? 'pip pip-unfinished' : 'pip';
}
