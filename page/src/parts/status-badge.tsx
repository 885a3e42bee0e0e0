import type { PageRun, StageSummary } from '../../../orchestrator/server/page/wire.ts';
import { stagesOf } from './standing.ts';

const statusMeanings: Record<PageRun['status'], string> = {
  running: 'A process works on it.',
  finished: 'Every stage is done.',
  failed: 'A stage failed; its log says why.',
  interrupted: 'It was stopped, or its process is gone; it can go on.',
  damaged: 'Its record cannot be read.',
};

/** How a run stands; one that came to its end before the last stage, as with `--until`, says how far it is. */
export function StatusBadge({
  status,
  planned,
  stages,
}: {
  status: PageRun['status'];
  planned: PageRun['planned'];
  stages: readonly StageSummary[];
}) {
  const done = stages.filter(({ state }) => state === 'done').length;
  const { length: count } = stagesOf(planned);
  if (status === 'finished' && done < count)
    return (
      <Badge kind="part" text={`${done} of ${count} stages`} title="It was to go no further (--until)." />
    );
  return <Badge kind={status} text={status} title={statusMeanings[status]} />;
}

function Badge({ kind, text, title }: { kind: string; text: string; title: string }) {
  return (
    <span class={`badge badge-${kind}`} title={title}>
      <span class="badge-dot" aria-hidden="true" />
      {text}
    </span>
  );
}
