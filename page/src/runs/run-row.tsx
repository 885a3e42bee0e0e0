import { formatUsers, metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';
import type { Seen } from '../../../orchestrator/evaluation/seen-items.ts';
import { ownSeconds, standingOf } from '../../../orchestrator/runs/standing.ts';
import { formatDuration, formatFigure } from '../../../orchestrator/shared/format.ts';
import { Interval } from '../parts/interval.tsx';
import { stagesOf } from '../parts/standing.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { about } from '../state/about.ts';
import { linkTo } from '../state/route.ts';
import { ago } from './ago.ts';
import { AskedBadges } from './asked-badges.tsx';
import { headFigure, headNames, type ListedRun, lostTargets, type Shown } from './headline.ts';

/** A run of the list: how it stands, what it was asked, and what it came to. */
export function RunRow({
  run,
  usual,
  shown,
  isChosen,
  onChoose,
}: {
  run: ListedRun;
  /** The metrics that head the columns of runs without figures. */
  usual: readonly string[];
  shown: Shown;
  isChosen: boolean;
  onChoose: (name: string, isChosen: boolean) => void;
}) {
  const { name, status, worked_at, planned, stages, under_way, measured } = run;
  const { length: count } = stagesOf(planned);
  const done = stages.filter(({ state }) => state === 'done');
  const lost = lostTargets(run, shown);
  const items = measured?.items ?? done.flatMap(({ figures }) => figures.items ?? [])[0];
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
        {measured && <AskedBadges asked={measured} />}
        {measured && shown === 'own' && (
          <span class="badge" title={keptMeanings[measured.own]}>
            seen items {measured.own}
          </span>
        )}
        {measured && shown !== 'own' && measured.own !== shown && (
          <span class="badge" title={ownMeanings[measured.own]}>
            its lists {measured.own === 'kept' ? 'keep' : 'leave out'} seen items
          </span>
        )}
        {lost && (
          <span
            class="badge badge-apart"
            title="Their users had them before: without seen items no list can hold them, however good."
          >
            {lost}
          </span>
        )}
        <span class="hint">
          {[standingOf(run), worked_at ? ago(worked_at) : ''].filter(Boolean).join(' · ')}
        </span>
        {run.failure && <span class="run-row-failure">{run.failure.message.split('\n', 1)}</span>}
      </div>
      <dl class="run-row-figures">
        <div>
          <dt>users asked</dt>
          <dd class={measured && measured.users < measured.users_in_split ? 'is-apart' : undefined}>
            {measured ? formatUsers(measured) : '–'}
            <span class="range">{items === undefined ? '' : `${formatFigure(items)} items`}</span>
          </dd>
        </div>
        {([0, 1] as const).map((at) => {
          const figure = headFigure(run, at, shown);
          return (
            <div key={at}>
              <dt>{metricTitle(measured ? headNames(run)[at] : usual[at])}</dt>
              <dd>{figure && measured ? <Interval figure={figure} users={measured.users} /> : '–'}</dd>
            </div>
          );
        })}
        <div>
          <dt>time</dt>
          <dd>{formatDuration(ownSeconds(run))}</dd>
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

const keptMeanings: Record<Seen, string> = {
  kept: 'The lists that it gives, and these figures are of, may hold what their user had before.',
  removed: 'The lists that it gives, and these figures are of, hold nothing that their user had before.',
};

/** Where the figures that are shown are not of the lists that the run gives. */
const ownMeanings: Record<Seen, string> = {
  kept: 'The lists that it gives may hold what their user had before; these figures are of lists without.',
  removed:
    'The lists that it gives hold nothing that their user had before; these figures are of lists with it.',
};

function pipOf({ stages, planned, status, failure }: ListedRun, at: number): string {
  const stage = stages[at]?.state === 'missing' ? undefined : stages[at];
  if (stage?.state === 'done') return 'pip pip-done';
  if (failure && planned[at]?.slice(3) === failure.stage) return 'pip pip-failed';
  return stage && status === 'running' ? 'pip pip-running' : stage ? 'pip pip-unfinished' : 'pip';
}
