import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { modelList } from '../../serving/index.ts';
import type { RoomOptions } from '../create-server.ts';

export const modelRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  server.get('/v1/models', { schema: { response: { 200: modelList } } }, async () => ({
    object: 'list' as const,
    data: [run.model],
  }));
};
