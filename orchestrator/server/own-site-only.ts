import type { FastifyInstance, FastifyRequest } from 'fastify';
import { clientError } from './answer-errors.ts';

/** They change nothing, on any route. */
const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether this request may change something: all but those that only read; an unknown route does nothing. */
export function mayChange({ method, is404 }: Pick<FastifyRequest, 'method' | 'is404'>): boolean {
  return !readingMethods.has(method) && !is404;
}

/**
 * A page of another site, open in a browser that reaches this server, must not make it do anything: whatever may change
 * something is refused where the browser says that it comes from elsewhere. Programs say nothing, and may ask. The rule
 * holds for every route, and answers can be embedded nowhere.
 */
export function ownSiteOnly(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
    if (!mayChange(request) || !isForeign(request)) return;
    throw clientError(
      403,
      'invalid_request_error',
      'server/foreign-site',
      "pages of other sites may not use this server → open the server's own page, or send the request from a program",
    );
  });
}

/** `Sec-Fetch-Site` is what a browser knows best and no page can change; older browsers send `Origin` alone. */
function isForeign({ headers, host }: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  if (origin === undefined) return false;
  try {
    const { protocol, host: asking } = new URL(origin);
    return asking === '' || asking !== new URL(`${protocol}//${host}`).host;
  } catch {
    // `null`: a page that hides where it is from.
    return true;
  }
}
