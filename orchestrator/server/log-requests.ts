import type { FastifyInstance } from 'fastify';

/** One request, as a line of the log. Nothing in it tells who asked, or for what. */
export interface RequestLine {
  /** When it was answered, ISO 8601 in UTC. */
  at: string;
  method: string;
  /** The pattern of the route, such as `/v1/items/:id`, and not what was asked for; null where there is no such route. */
  route: string | null;
  status: number;
  milliseconds: number;
  /** Bytes of the body of the answer, where it has a known length. */
  bytes?: number;
}

/** Writes a line of JSON for each request that was answered, or given up by its client. */
export function logRequests(server: FastifyInstance, write: ((line: string) => void) | undefined): void {
  if (!write) return;
  server.addHook('onResponse', async (request, reply) => {
    const length = Number(reply.getHeader('content-length'));
    const line: RequestLine = {
      at: new Date().toISOString(),
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      ...(Number.isFinite(length) ? { bytes: length } : {}),
    };
    write(JSON.stringify(line));
  });
}
