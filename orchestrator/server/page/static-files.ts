import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { builtPage } from './built-page.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import type { PageOptions } from './page-room.ts';

/** The built page at `/`. If it is not built, `/` says how to build it. */
export const staticFiles: FastifyPluginAsyncZod<PageOptions> = async (server, { run }) => {
  if (!existsSync(join(builtPage, 'index.html'))) {
    server.get('/', { schema: { hide: true }, config: { public: true } }, async (_request, reply) =>
      reply.status(404).type('text/plain').send('The page is not built: npm run build makes it.\n'),
    );
    return;
  }
  // A browser asks for these before anybody can give it a key.
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, public: true };
    route.schema = { ...route.schema, hide: true };
  });
  await server.register(fastifyStatic, {
    root: builtPage,
    // Only the files that are there now get a route: no path is ever looked up.
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.setHeader('Content-Security-Policy', contentSecurityPolicy(run.pictures));
      reply.setHeader('X-Content-Type-Options', 'nosniff');
      reply.setHeader('Referrer-Policy', 'no-referrer');
      reply.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      // Names of assets hold a hash of their content.
      const isAsset = /[\\/]assets[\\/]/.test(path);
      reply.setHeader('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};
