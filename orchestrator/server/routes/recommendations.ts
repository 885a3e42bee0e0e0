import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { recommendationAnswer, recommendationRequest } from '../../serving/index.ts';
import type { RoomOptions } from '../create-server.ts';

export const recommendationRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  server.post(
    '/v1/recommendations',
    { schema: { body: recommendationRequest, response: { 200: recommendationAnswer } } },
    async ({ body }) => ({
      object: 'recommendation' as const,
      model: run.name,
      ...(await run.recommend(body)),
    }),
  );
};
