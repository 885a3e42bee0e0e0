import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';

interface FakeRun {
  name: string;
  status: string;
  tags: Record<string, string>;
  params: Map<string, string>;
  metrics: { key: string; value: number; step: number }[];
  files: Map<string, string>;
}

/** What trackers ask of an MLflow server, as its documentation has it; `down` makes it refuse everything, `latency` lets it wait before each answer, in milliseconds, and for each of `drops` it closes a connection without an answer, where a request has that at its end. */
export async function fakeMlflow(t: ExecutionContext) {
  const runs = new Map<string, FakeRun>();
  const experiments = new Map<string, string>();
  const seen: {
    authorization: string | undefined;
    down: boolean;
    latency: number;
    asked: number;
    drops: string[];
  } = {
    authorization: undefined,
    down: false,
    latency: 0,
    asked: 0,
    drops: [],
  };
  const infoOf = (id: string) => ({
    run: {
      info: { run_id: id, lifecycle_stage: 'active', artifact_uri: `mlflow-artifacts:/1/${id}/artifacts` },
    },
  });
  const missing = { status: 404, error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'there is none' };
  type Body = Record<string, unknown> & {
    run_id: string;
    params?: { key: string; value: string }[];
    metrics?: FakeRun['metrics'];
    tags?: { key: string; value: string }[];
  };
  const answers: Record<string, (body: Body, query: URLSearchParams) => object> = {
    'experiments/get-by-name': (_, query) => {
      const id = experiments.get(query.get('experiment_name') ?? '');
      return id === undefined ? missing : { experiment: { experiment_id: id } };
    },
    'experiments/create': ({ name }) => {
      experiments.set(String(name), String(experiments.size + 1));
      return { experiment_id: experiments.get(String(name)) };
    },
    'runs/create': ({ run_name, tags = [] }) => {
      const id = `r${runs.size + 1}`;
      const own = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
      const empty = { params: new Map(), metrics: [], files: new Map() };
      runs.set(id, { name: String(run_name), status: 'RUNNING', tags: own, ...empty });
      return infoOf(id);
    },
    'runs/get': (_, query) =>
      runs.has(query.get('run_id') ?? '') ? infoOf(query.get('run_id') ?? '') : missing,
    'runs/search': ({ filter }) => {
      const sweep = /'(.*)'/.exec(String(filter))?.[1];
      const found = [...runs].find(([, { tags }]) => tags.eager_llm_sweep === sweep);
      return found ? { runs: [infoOf(found[0]).run] } : {};
    },
    'runs/update': ({ run_id, status }) => {
      runs.get(run_id)!.status = String(status);
      return {};
    },
    'runs/log-batch': ({ run_id, params = [], metrics = [] }) => {
      const run = runs.get(run_id)!;
      for (const { key, value } of params) run.params.set(key, value);
      run.metrics.push(...metrics);
      return {};
    },
  };
  const server = createServer(async (request, response) => {
    seen.asked++;
    seen.authorization = request.headers.authorization;
    const url = new URL(request.url ?? '', 'http://x');
    const text = await bodyOf(request);
    await sleep(seen.latency);
    const dropped = seen.drops.findIndex((end) => url.pathname.endsWith(end));
    if (dropped >= 0) {
      seen.drops.splice(dropped, 1);
      request.socket.destroy();
      return;
    }
    const file = /^\/api\/2\.0\/mlflow-artifacts\/artifacts\/1\/(\w+)\/artifacts\/(.*)$/.exec(url.pathname);
    const method = url.pathname.replace('/api/2.0/mlflow/', '');
    if (file) runs.get(file[1])!.files.set(file[2], text);
    const made = seen.down
      ? { status: 503, error_code: 'TEMPORARILY_UNAVAILABLE' }
      : file
        ? {}
        : answers[method](text ? JSON.parse(text) : {}, url.searchParams);
    response.writeHead('status' in made && 'error_code' in made ? Number(made.status) : 200);
    response.end(JSON.stringify(made));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.teardown(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, runs, experiments, seen };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
