import type { FastifyInstance } from 'fastify';
import { clientError } from './answer-errors.ts';

/**
 * Refuses requests that call this server by another name. A page of another site can point a name of its own at 127.0.0.1
 * and read the answers (DNS rebinding); what it cannot change is the name that the browser sends along.
 */
export function guardHost(server: FastifyInstance, hostNames: readonly string[] | undefined): void {
  if (!hostNames) return;
  const known = new Set(hostNames.map((name) => name.toLowerCase()));
  server.addHook('onRequest', async ({ hostname }) => {
    if (known.has(hostname.toLowerCase())) return;
    throw clientError(
      421,
      'invalid_request_error',
      'server/unknown-host',
      `this server is not called ${JSON.stringify(hostname.slice(0, 100))}, but ${hostNames.join(' or ')}`,
    );
  });
}
