import { standingOf } from '../../../orchestrator/runs/standing.ts';
import type { RunAnswer } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { RequestError } from '../api/request.ts';
import { Command } from '../parts/command.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { LineChart } from '../parts/line-chart.tsx';
import { NoSuchRun } from '../parts/no-such-run.tsx';
import { hasIndex } from '../parts/standing.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { ago } from './ago.ts';
import { lossLines, type Part, validationLines } from './curves.ts';
import { MetricsTable } from './metrics-table.tsx';
import { Quality } from './quality.tsx';
import { RunActions } from './run-actions.tsx';
import { RunLog } from './run-log.tsx';
import { Stages } from './stages.tsx';
import { sayFailure, useRunNews } from './use-run-news.ts';
import { Validations } from './validations.tsx';
import { WayBack } from './way-back.tsx';

/** One run: how far it is, its curves, its figures, its log, its recipe. */
export function RunPage({ name }: { name: string }) {
  const { followed, error } = useRunNews(name);
  const status = followed?.status;
  // What it led to is read again when its state changes.
  const loaded = useLoaded<RunAnswer>(status ? `page/runs/${encodeURIComponent(name)}?at=${status}` : null);
  const { value: answer, error: answerError } = loaded.value;
  if (!followed || !status)
    return error ? <NoRun name={name} error={error} /> : <Waiting what="Reading the run" />;
  const { record, failure } = followed;
  const standing = standingOf(followed);
  const canGoOn = standing !== '' && !['running', 'damaged'].includes(status);
  const stages = <Stages followed={followed} />;
  return (
    <>
      <WayBack sweep={answer?.run.sweep ?? null} />
      <div class="title-row">
        <h1>
          {name} <StatusBadge status={status} planned={followed.planned} stages={followed.stages} />
        </h1>
        <RunActions
          name={name}
          status={status}
          isStartedHere={answer?.run.started_here ?? false}
          hasIndex={hasIndex(followed.stages)}
          canGoOn={canGoOn}
          recipe={answer?.recipe ?? ''}
        />
      </div>
      {!failure && standing && (
        <p>
          It {standing}.{/* Who is killed could not record that it ends. */}
          {status === 'interrupted' &&
            record?.status === 'running' &&
            ' Its process was killed, or went down with its machine; what it had done is kept.'}
        </p>
      )}
      {failure && <Failure message={`${failure.stage}: ${sayFailure(failure)}`} />}
      {record && (
        <p class="hint">
          {status === 'running' ? 'started' : 'last worked on'}{' '}
          {ago(status === 'running' ? record.updated_at : (followed.worked_at ?? record.updated_at))} ·{' '}
          {answer && answer.run.version > 1 ? `version ${answer.run.version} · ` : ''}seed {record.seed} ·{' '}
          {record.device.cores} × {record.device.cpu} · node {record.versions.node}
          {record.commit ? ` · commit ${record.commit.slice(0, 8)}` : ''}
        </p>
      )}
      {answer?.evaluation && <Quality evaluation={answer.evaluation} />}
      {answer && status !== 'running' && <Command {...commandFor(answer, canGoOn)} />}
      {error && <Failure message={error.message} />}
      {answerError && <Failure message={answerError} />}
      {status === 'running' && stages}
      {answer?.evaluation && <MetricsTable evaluation={answer.evaluation} />}
      <Curves parts={followed.parts} listsSeen={answer?.evaluation?.protocol.lists_seen ?? null} />
      {status !== 'running' && stages}
      <RunLog events={followed.events} />
      {answer && (
        <details class="card recipe">
          <summary>
            <h2>Recipe</h2>
          </summary>
          <CopyButton text={answer.recipe} label="Copy the recipe" />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
          <pre tabIndex={0}>{answer.recipe}</pre>
        </details>
      )}
    </>
  );
}

/** Stands in a command for the new value of a setting. */
const newValue = '…';

/** What one would do next with a run, as a line for a terminal. */
function commandFor({ run: { failure }, commands: { resume, again, hides } }: RunAnswer, canGoOn: boolean) {
  const note =
    hides === null ? null : `Replace ${hides} by the folder that the server was given as --runs-dir.`;
  const line = canGoOn ? resume : again;
  const gaps = [...(hides === null ? [] : [hides]), ...(line.includes(newValue) ? [newValue] : [])];
  if (!canGoOn) return { what: 'Make it once more, every stage anew:', line, note, gaps };
  return {
    what: failure ? whenMended(failure) : 'Go on in a terminal; what is done is kept:',
    line,
    note,
    gaps,
  };
}

/** What failed fails again as long as nothing is changed: a setting that is named has a gap in the command. */
function whenMended({ settings }: NonNullable<RunAnswer['run']['failure']>): string {
  if (settings.length === 0)
    return 'When the cause is mended, go on in a terminal; --set section.name=value changes a setting:';
  const now = settings.map(({ path, value }) => `${path}, now ${JSON.stringify(value)}`).join('; ');
  return `Go on in a terminal, with a new value for … (${now}):`;
}

function NoRun({ name, error }: { name: string; error: Error }) {
  return (
    <>
      <WayBack />
      <h1>The run “{name}” cannot be shown</h1>
      <NoSuchRun
        message={error.message}
        code={error instanceof RequestError ? error.code : null}
        view="runs"
      />
    </>
  );
}

function Curves({ parts, listsSeen }: { parts: readonly Part[]; listsSeen: boolean | null }) {
  const loss = lossLines(parts);
  if (loss.length === 0) return null;
  return (
    <section class="charts" aria-label="Curves">
      <LineChart title="Training loss, smoothed" x="update" lines={loss} />
      <Validations parts={parts} linesOf={(figure) => validationLines(parts, figure)} listsSeen={listsSeen} />
    </section>
  );
}
