import type { Look, Pod } from './look.ts';

/** How a TrainJob stands. */
export type Standing =
  | { state: 'waiting'; why: string; hopeless?: HopelessKind }
  | { state: 'running'; nodes: string[] }
  | { state: 'complete' }
  | { state: 'failed'; failure: Failure };

/** What no waiting helps against. */
export type HopelessKind = 'image' | 'container';

export interface Failure {
  /** `OOMKilled`, `Evicted`, `DeadlineExceeded`, … */
  reason: string;
  message: string;
  /** The pod that failed first, and the exit code of its container. */
  pod?: string;
  exitCode?: number;
}

export function judge({ conditions, pods, warning }: Look): Standing {
  const condition = (type: string) => conditions.find((each) => each.type === type);
  const failed = pods.filter(hasFailed).sort((a, b) => (endOf(a) < endOf(b) ? -1 : 1));
  if (failed.length > 0) return { state: 'failed', failure: failureOf(failed[0]) };
  const fails = condition('Failed');
  if (fails) return { state: 'failed', failure: { reason: fails.reason, message: warning || fails.message } };
  if (condition('Complete')) return { state: 'complete' };
  const hopeless = pods.flatMap((pod) => hopelessOf(pod) ?? [])[0];
  if (hopeless) return hopeless;
  const suspended = condition('Suspended');
  if (suspended)
    return { state: 'waiting', why: `it is suspended: ${suspended.message || suspended.reason}` };
  const waiting = pods.find(({ status }) => status.phase === 'Pending');
  if (waiting || pods.length === 0)
    return { state: 'waiting', why: (waiting && whyPending(waiting)) || warning || 'it has no pod yet' };
  return { state: 'running', nodes: [...new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))] };
}

function hasFailed({ status }: Pod): boolean {
  return (
    status.phase === 'Failed' || statesOf(status).some((state) => (state.terminated?.exitCode ?? 0) !== 0)
  );
}

function failureOf(pod: Pod): Failure {
  const { status, metadata } = pod;
  const ended = statesOf(status).find((state) => state.terminated)?.terminated;
  const disrupted = status.conditions.find(
    (each) => each.type === 'DisruptionTarget' && each.status === 'True',
  );
  return {
    // A pod that was taken away has an exit code, too, which says less.
    reason: disrupted ? 'Evicted' : status.reason || (ended?.reason ?? ''),
    message: disrupted?.message || status.message || (ended?.message ?? ''),
    pod: metadata.name,
    ...(ended ? { exitCode: ended.exitCode } : {}),
  };
}

function endOf({ status }: Pod): string {
  return statesOf(status).find((state) => state.terminated)?.terminated?.finishedAt ?? '';
}

const hopelessReasons: Record<string, HopelessKind> = {
  ImagePullBackOff: 'image',
  InvalidImageName: 'image',
  ErrImageNeverPull: 'image',
  CreateContainerConfigError: 'container',
  CreateContainerError: 'container',
  RunContainerError: 'container',
};

function hopelessOf({ status }: Pod): Standing | null {
  for (const { waiting } of statesOf(status)) {
    const kind = hopelessReasons[waiting?.reason ?? ''];
    if (waiting && kind) return { state: 'waiting', why: waiting.message || waiting.reason, hopeless: kind };
  }
  return null;
}

function whyPending({ status, spec }: Pod): string {
  const scheduled = status.conditions.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') return scheduled.message || scheduled.reason;
  const reason = statesOf(status).find(({ waiting }) => waiting)?.waiting?.reason;
  return spec.nodeName ? `${spec.nodeName} prepares it (${reason || status.phase})` : '';
}

function statesOf({ containerStatuses }: Pod['status']) {
  return containerStatuses.map(({ state }) => state);
}
