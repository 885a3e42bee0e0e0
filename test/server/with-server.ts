import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'ava';
import { createServer } from '../../orchestrator/server/create-server.ts';
import type { ServerOptions } from '../../orchestrator/server/room.ts';
import { type LiveRun, type LiveRunOptions, openLiveRun } from '../../orchestrator/serving/index.ts';
import { smokeRuns } from '../serving/smoke-run.ts';

export interface TestServer {
  /** `http://127.0.0.1:43210` */
  url: string;
  port: number;
  run: LiveRun;
  /** What went wrong inside: lines of the server's log. */
  log: string[];
  /** Every route there is, `{method: 'POST', path: '/page/runs/:name/stop'}`. */
  routes: { method: string; path: string }[];
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  close(): Promise<void>;
}

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind
  body: any;
}

/** The real server, with the real run `smoke`, at a free port. */
export async function startServer(
  options: Partial<ServerOptions> = {},
  live: LiveRunOptions = {},
): Promise<TestServer> {
  const runsFolder = live.runsFolder ?? (await smokeRuns());
  const run = await openLiveRun('smoke', { everySeconds: 10_000, ...live, runsFolder });
  const log: string[] = [];
  const server = await createServer({
    run,
    runsFolder,
    logger: { level: 'warn', stream: { write: (line: string) => log.push(line) } },
    ...options,
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  // A busy machine may halt this process for longer than idle connections are kept; the next request would fail.
  server.server.keepAliveTimeout = 120_000;
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('application/json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    url,
    port,
    run,
    log,
    routes: routesOf(server.printRoutes({ commonPrefix: false })),
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: async () => {
      await server.close();
      await run.close();
    },
  };
}

/** Reads the tree that fastify prints: four signs a level, then a part of the path and its methods. */
function routesOf(tree: string): TestServer['routes'] {
  const parts: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^([│├└─ ]*)(\S*?)(?: \((.+)\))?$/.exec(line) ?? [];
    if (!indent) return [];
    parts.splice(indent.length / 4 - 1, parts.length, part);
    const path = parts.join('');
    return (methods?.split(', ') ?? []).map((method) => ({ method, path }));
  });
}

/** A server of the test's own. */
export async function withServer(
  t: ExecutionContext,
  options: Partial<ServerOptions> = {},
  live: LiveRunOptions = {},
): Promise<TestServer> {
  const server = await startServer(options, live);
  t.teardown(server.close);
  return server;
}
