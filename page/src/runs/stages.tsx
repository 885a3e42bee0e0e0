import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { StageSummary } from '../../../orchestrator/server/page/wire.ts';
import { createEstimator } from '../../../orchestrator/shared/estimate.ts';
import { formatBytes, formatDuration, formatFigure } from '../../../orchestrator/shared/format.ts';
import { figureTitle } from '../parts/figure-title.ts';
import { Glossary } from '../parts/glossary.tsx';
import { stagesOf } from '../parts/standing.ts';
import { isNarrow } from '../state/narrow.ts';
import { type Followed, failureOf, type RunEvent } from './use-run-news.ts';

type State = Exclude<StageSummary['state'], 'missing'> | 'running' | 'waiting' | 'failed' | 'not run';

/** The stages of a run in their order, each with its time and figures; the one at work with its progress. Folded on a phone. */
export function Stages({ followed }: { followed: Followed }) {
  const { status, planned, stages, events } = followed;
  const isRunning = status === 'running';
  const isOpen = useSignal(!isNarrow.value || isRunning);
  const names = stagesOf(planned);
  const done = stages.filter(({ state }) => state === 'done');
  const seconds = done.reduce((sum, stage) => sum + (stage.seconds ?? 0), 0);
  const current = isRunning ? events.findLast(({ type }) => type === 'stage-started')?.stage : undefined;
  const failed = failureOf(followed)?.stage;
  return (
    <details class="card stages-card" open={isOpen.value}>
      <summary>
        <h2>Stages</h2>
        <span class="hint">
          {done.length} of {names.length} done · {formatDuration(seconds)}
        </span>
      </summary>
      <ol class="stages" aria-label="Stages">
        {names.map((name, at) => {
          const stage = stages.find((each) => each.state !== 'missing' && each.stage.endsWith(`-${name}`));
          const isDone = stage?.state === 'done' && name !== current;
          const rest: State = isRunning ? 'waiting' : 'not run';
          const begun: State = stage && stage.state !== 'missing' ? stage.state : rest;
          const state = isDone ? 'done' : name === current ? 'running' : name === failed ? 'failed' : begun;
          return (
            <li key={name} class={`stage stage-${state.replace(' ', '-')}`}>
              <span class="stage-number" aria-hidden="true">
                {at + 1}
              </span>
              <div class="stage-head">
                <span class="stage-name">{name}</span>
                <span class="stage-state">
                  {state === 'done' && stage ? formatDuration(stage.seconds ?? 0) : state}
                  {state === 'done' && stage?.peak_memory_bytes
                    ? ` · ${formatBytes(stage.peak_memory_bytes)}`
                    : ''}
                </span>
              </div>
              {state !== 'running' && stage?.reason && <p class="hint">{stage.reason}</p>}
              {state === 'running' && <Progress event={latestProgress(events, name)} />}
              {state === 'done' && stage && <Figures figures={stage.figures} />}
            </li>
          );
        })}
      </ol>
      <Glossary names={[...done.flatMap(({ figures }) => Object.keys(figures)), 'loss']} />
    </details>
  );
}

function Progress({ event }: { event: RunEvent | undefined }) {
  const estimator = useRef(createEstimator());
  if (!event) return null;
  const { label, done, total, figures } = event as RunEvent & {
    label: string;
    done: number;
    total: number;
    figures?: Record<string, number | string>;
  };
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const left = estimator.current.update(label, done, total, Date.parse(event.at) / 1000);
  return (
    <div class="progress">
      <progress max={1} value={share} aria-label={label} />
      <span>
        {Math.floor(share * 100)}% · {label}
        {left === null ? '' : ` · ${formatDuration(left)} left`}
      </span>
      {figures && <Figures figures={figures} />}
    </div>
  );
}

function Figures({ figures }: { figures: Record<string, number | string> }) {
  return (
    <dl class="figures">
      {Object.entries(figures).map(([name, value]) => (
        <div key={name}>
          <dt>{figureTitle(name)}</dt>
          <dd>{formatFigure(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Of this attempt: progress of an earlier one says nothing. */
function latestProgress(events: readonly RunEvent[], stage: string): RunEvent | undefined {
  const start = events.findLastIndex((event) => event.type === 'stage-started' && event.stage === stage);
  return events.slice(start + 1).findLast((event) => event.type === 'progress' && event.stage === stage);
}
