import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatStageFigures } from '../../../orchestrator/evaluation/stage-figures.ts';
import { formatDuration } from '../../../orchestrator/shared/format.ts';
import { type RunEvent, sayFailure } from './use-run-news.ts';

const mostLines = 300;

/** What the run said, the latest last: notes, warnings, beginnings and ends of stages. */
export function RunLog({ events }: { events: readonly RunEvent[] }) {
  const isWhole = useSignal(false);
  const lines = events.flatMap((event) => {
    const text = textOf(event);
    return text === null ? [] : [{ event, text }];
  });
  const shown = isWhole.value ? lines : lines.slice(-mostLines);
  // Times alone say enough of one day.
  const spansDays = dayOf(lines[0]?.event) !== dayOf(lines.at(-1)?.event);
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // The latest is what one looks for; who reads further up is left there.
  useLayoutEffect(() => {
    if (isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines.length]);
  return (
    <details class="card log" open>
      <summary>
        <h2>Log</h2>
        <span class="hint">{lines.length} lines, times in UTC</span>
      </summary>
      {shown.length < lines.length && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          Show the {lines.length - shown.length} lines before
        </button>
      )}
      <div
        ref={box}
        class="log-lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        tabIndex={0}
        role="log"
        aria-label="Log of the run"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollTop + clientHeight > scrollHeight - 20;
        }}
      >
        {shown.map(({ event, text }, at) => (
          <Fragment key={at}>
            {spansDays && dayOf(event) !== dayOf(shown[at - 1]?.event) && (
              <p class="log-day">
                <time dateTime={dayOf(event)}>{dayOf(event)}</time>
              </p>
            )}
            <p class={`log-${event.type}`}>
              <time dateTime={event.at}>{event.at.slice(11, 19)}</time>
              <span class="log-stage">{event.stage}</span>
              <span class="log-text">{text}</span>
            </p>
          </Fragment>
        ))}
      </div>
    </details>
  );
}

/** `2026-03-01`, in UTC as the times are. */
function dayOf(event: RunEvent | undefined): string | undefined {
  return event?.at.slice(0, 10);
}

function textOf(event: RunEvent): string | null {
  switch (event.type) {
    case 'note':
    case 'warning':
      return String(event.text);
    case 'figures':
      return formatStageFigures(event.figures as Record<string, number | string>);
    case 'stage-started':
      return event.resumed ? 'goes on' : 'starts';
    case 'stage-reused':
      return `reused${event.borrowed_from ? ` from the run ${event.borrowed_from}` : ''}`;
    case 'stage-finished':
      return `done in ${formatDuration(Number(event.seconds))}`;
    case 'stage-stopped':
      return 'stopped';
    case 'stage-failed':
      return `failed: ${sayFailure(event)}`;
    default:
      return null;
  }
}
