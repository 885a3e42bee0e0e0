import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { formatStageFigure, namedFigures } from '../../../orchestrator/evaluation/stage-figures.ts';
import { ownSeconds } from '../../../orchestrator/runs/standing.ts';
import type { StageSummary } from '../../../orchestrator/server/page/wire.ts';
import { createEstimator } from '../../../orchestrator/shared/estimate.ts';
import { formatBytes, formatDuration } from '../../../orchestrator/shared/format.ts';
import { figureTitle } from '../parts/figure-title.ts';
import { Glossary } from '../parts/glossary.tsx';
import { stagesOf } from '../parts/standing.ts';
import { isNarrow } from '../state/narrow.ts';
import type { Followed, RunEvent } from './use-run-news.ts';

type State = Exclude<StageSummary['state'], 'missing'> | 'running' | 'waiting' | 'failed' | 'not run';

/** The stages of a run in their order, each with its time and figures; the one at work with its progress. Folded on a phone. */
export function Stages({ followed }: { followed: Followed }) {
  const { status, planned, stages, events, failure } = followed;
  const isRunning = status === 'running';
  const isOpen = useSignal(!isNarrow.value || isRunning);
  const names = stagesOf(planned);
  const done = stages.filter(({ state }) => state === 'done');
  const reused = done.filter(({ taken_over }) => taken_over);
  const current = isRunning ? events.findLast(({ type }) => type === 'stage-started')?.stage : undefined;
  return (
    <details class="card stages-card" open={isOpen.value}>
      <summary>
        <h2>Stages</h2>
        <span class="hint">
          {done.length} of {names.length} done{reused.length > 0 ? `, ${reused.length} reused` : ''} ·{' '}
          {formatDuration(ownSeconds(followed))}
        </span>
      </summary>
      <ol class="stages" aria-label="Stages">
        {names.map((name, at) => {
          const stage = stages.find((each) => each.state !== 'missing' && each.stage.endsWith(`-${name}`));
          const isDone = stage?.state === 'done' && name !== current;
          const rest: State = isRunning ? 'waiting' : 'not run';
          const begun: State = stage && stage.state !== 'missing' ? stage.state : rest;
          const state = isDone
            ? 'done'
            : name === current
              ? 'running'
              : name === failure?.stage
                ? 'failed'
                : begun;
          return (
            <li key={name} class={`stage stage-${state.replace(' ', '-')}`}>
              <span class="stage-number" aria-hidden="true">
                {at + 1}
              </span>
              <div class="stage-head">
                <span class="stage-name">{name}</span>
                <span class="stage-state">
                  {state === 'done' && stage ? sayDone(stage) : state}
                  {state === 'failed' && failure ? ` after ${formatDuration(failure.seconds)}` : ''}
                </span>
                {state === 'done' && stage?.taken_over && (
                  <span class="stage-state">{sayFrom(events, name)}</span>
                )}
              </div>
              {state !== 'running' && stage?.reason && <p class="hint">{stage.reason}</p>}
              {state === 'running' && <Progress event={latestProgress(events, name)} />}
              {state === 'done' && stage && <Figures figures={namedFigures(stage.figures)} />}
            </li>
          );
        })}
      </ol>
      <Glossary
        names={[...done.flatMap(({ figures }) => Object.entries(figures).flat().map(String)), 'loss']}
      />
    </details>
  );
}

/** How long a stage took, and at most which memory; one that was taken over took that elsewhere. */
function sayDone({ seconds, peak_memory_bytes, taken_over }: StageSummary): string {
  const time = formatDuration(seconds ?? 0);
  if (taken_over) return `reused · ${time} there`;
  return peak_memory_bytes ? `${time} · ${formatBytes(peak_memory_bytes)}` : time;
}

function sayFrom(events: readonly RunEvent[], name: string): string {
  const reused = events.findLast(({ type, stage, borrowed_from }) => {
    return type === 'stage-reused' && stage === name && borrowed_from;
  });
  return `from ${reused ? reused.borrowed_from : 'another run or version'}`;
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
          <dd>{formatStageFigure(name, value)}</dd>
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
