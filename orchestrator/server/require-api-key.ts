import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { clientError } from './answer-errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers without an API key: what a load balancer asks, and files of the page. */
    public?: boolean;
  }
}

/**
 * Lets through only requests with one of the keys; compared in constant time. Without keys, all requests are allowed.
 */
export function requireApiKey(server: FastifyInstance, apiKeys: readonly string[]): void {
  if (apiKeys.length === 0) return;
  const known = apiKeys.map(digest);
  server.addHook('onRequest', async ({ headers, routeOptions }) => {
    if (routeOptions.config?.public) return;
    const [, given = ''] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    const own = digest(given);
    // All are compared: that one fits must not be seen from how soon the answer comes.
    if (known.filter((key) => timingSafeEqual(key, own)).length > 0) return;
    throw clientError(
      401,
      'authentication_error',
      'invalid_api_key',
      'this server requires an API key, as Authorization: Bearer KEY',
    );
  });
}

/** Equal lengths, whatever the key. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
