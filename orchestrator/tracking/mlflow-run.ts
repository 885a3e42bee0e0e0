import { MlflowError, type MlflowRequest } from './mlflow-request.ts';
import type { Point } from './run-figures.ts';

const api = '/api/2.0/mlflow';

/** The experiment of this name, made where there is none. Two who make it at once get the same. */
export async function experimentId(ask: MlflowRequest, name: string): Promise<string> {
  const get = async () => {
    const found = await ask(
      'GET',
      `${api}/experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`,
    );
    return String((found.experiment as { experiment_id: unknown }).experiment_id);
  };
  try {
    return await get();
  } catch (error) {
    if (!isCode(error, 'RESOURCE_DOES_NOT_EXIST')) throw error;
  }
  try {
    return String((await ask('POST', `${api}/experiments/create`, { name })).experiment_id);
  } catch (error) {
    if (!isCode(error, 'RESOURCE_ALREADY_EXISTS')) throw error;
    return await get();
  }
}

export async function createRun(
  ask: MlflowRequest,
  given: { experiment: string; name: string; startTime: number; tags: Record<string, string> },
): Promise<string> {
  const { run } = await ask('POST', `${api}/runs/create`, {
    experiment_id: given.experiment,
    run_name: given.name,
    start_time: given.startTime,
    tags: Object.entries(given.tags).map(([key, value]) => ({ key, value })),
  });
  return (run as { info: { run_id: string } }).info.run_id;
}

/** Whether the server still has the run. */
export async function hasRun(ask: MlflowRequest, id: string): Promise<boolean> {
  try {
    const { run } = await ask('GET', `${api}/runs/get?run_id=${encodeURIComponent(id)}`);
    return (run as { info: { lifecycle_stage?: string } }).info.lifecycle_stage !== 'deleted';
  } catch (error) {
    if (isCode(error, 'RESOURCE_DOES_NOT_EXIST')) return false;
    throw error;
  }
}

const mostMetrics = 1000;
const mostParameters = 100;
/** What every version of the server takes. */
const longestParameter = 500;

export async function logParameters(ask: MlflowRequest, id: string, all: readonly [string, string][]) {
  const params = all.map(([key, value]) => ({ key: plainKey(key), value: value.slice(0, longestParameter) }));
  for (const some of inParts(params, mostParameters))
    await ask('POST', `${api}/runs/log-batch`, { run_id: id, params: some });
}

export async function logPoints(ask: MlflowRequest, id: string, points: readonly Point[]) {
  const metrics = points.map(({ key, ...point }) => ({ key: plainKey(key), ...point }));
  for (const some of inParts(metrics, mostMetrics))
    await ask('POST', `${api}/runs/log-batch`, { run_id: id, metrics: some });
}

export type MlflowStatus = 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';

export async function setStatus(ask: MlflowRequest, id: string, status: MlflowStatus, endTime?: number) {
  const end = endTime === undefined ? {} : { end_time: endTime };
  await ask('POST', `${api}/runs/update`, { run_id: id, status, ...end });
}

/** Sends a file through the server; where artefacts lie elsewhere (`s3:…`), which takes a client of its own, null comes back. */
export async function sendArtefact(
  ask: MlflowRequest,
  id: string,
  path: string,
  content: Uint8Array,
): Promise<true | null> {
  const { run } = await ask('GET', `${api}/runs/get?run_id=${encodeURIComponent(id)}`);
  const uri = String((run as { info: { artifact_uri?: string } }).info.artifact_uri);
  const root = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*)$/.exec(uri)?.[1];
  if (root === undefined) return null;
  const place = `${root}/${path}`.split('/').map(encodeURIComponent).join('/');
  await ask('PUT', `/api/2.0/mlflow-artifacts/artifacts/${place}`, content);
  return true;
}

/** The run of a sweep that its runs stand below: found by its tag, or made. */
export async function sweepRun(ask: MlflowRequest, experiment: string, sweep: string): Promise<string> {
  const { runs } = await ask('POST', `${api}/runs/search`, {
    experiment_ids: [experiment],
    filter: `tags.eager_llm_sweep = '${sweep}'`,
    max_results: 1,
  });
  const [found] = (runs ?? []) as { info: { run_id: string } }[];
  if (found) return found.info.run_id;
  const tags = { eager_llm_sweep: sweep };
  return createRun(ask, { experiment, name: sweep, startTime: Date.now(), tags });
}

/** `recall@10, seen removed` is no name there: letters, digits and `_-. /` are. */
export function plainKey(name: string): string {
  return name
    .replaceAll('@', '_at_')
    .replace(/[^\w\-. /]/g, '')
    .slice(0, 250);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof MlflowError && error.errorCode === code;
}

function inParts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
