import type { RunSummary, StageSummary } from '../../../orchestrator/server/page/wire.ts';

export const stageCount = 7;

const meanings: Record<RunSummary['status'], string> = {
  running: 'a process works on it',
  finished: 'every stage is done',
  failed: 'a stage failed; its log says why',
  interrupted: 'stopped, or its process is gone; it can be resumed',
  damaged: 'its record cannot be read',
};

/** How a run stands; one that came to its end before the last stage, as with `--until`, says how far it is. */
export function StatusBadge({
  status,
  stages,
}: {
  status: RunSummary['status'];
  stages: readonly StageSummary[];
}) {
  const done = stages.filter(({ state }) => state === 'done').length;
  if (status === 'finished' && done < stageCount)
    return <Badge kind="part" text={`${done} of ${stageCount} stages`} title="it was to go no further" />;
  return <Badge kind={status} text={status} title={meanings[status]} />;
}

function Badge({ kind, text, title }: { kind: string; text: string; title: string }) {
  return (
    <span class={`badge badge-${kind}`} title={title}>
      <span class="badge-dot" aria-hidden="true" />
      {text}
    </span>
  );
}
