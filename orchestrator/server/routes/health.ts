import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { health } from '../../serving/index.ts';
import type { RoomOptions } from '../create-server.ts';

export const healthRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  server.get('/healthz', { schema: { response: { 200: health } } }, async () => ({
    status: 'ok' as const,
    model: run.name,
  }));
};
