import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { explanation, explanationRequest } from '../../serving/index.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

/** Why an item stands near a history. */
export const explanationRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  const schema = {
    summary: 'The code of an item, and the items of a history that are nearest to it',
    body: explanationRequest,
    response: answers(explanation),
  };
  server.post('/v1/explanations', { schema }, async ({ body }) => run.explain(body));
};
