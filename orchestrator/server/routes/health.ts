import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { health } from '../../serving/index.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

/** Health check; needs no API key. */
export const healthRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  const schema = { summary: 'Is the server there?', response: answers(health) };
  server.get('/healthz', { schema, config: { public: true } }, async () => ({
    status: 'ok' as const,
    model: run.name,
    version: run.version,
    waiting: run.load().waiting,
  }));
};
