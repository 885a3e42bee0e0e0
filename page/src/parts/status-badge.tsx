import type { RunSummary } from '../../../orchestrator/server/page/wire.ts';

const meanings: Record<RunSummary['status'], string> = {
  running: 'a process works on it',
  finished: 'every stage is done',
  failed: 'a stage failed; its log says why',
  interrupted: 'stopped, or its process is gone; it can be resumed',
  damaged: 'its record cannot be read',
};

export function StatusBadge({ status }: { status: RunSummary['status'] }) {
  return (
    <span class={`badge badge-${status}`} title={meanings[status]}>
      <span class="badge-dot" aria-hidden="true" />
      {status}
    </span>
  );
}
