import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { recommendationAnswer, recommendationRequest } from '../../serving/index.ts';
import { checkModel } from '../check-model.ts';
import { clientGone } from '../client-gone.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

/** For shops: from a user, a history or a text to items. */
export const recommendationRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  const schema = {
    summary: 'Items for a user, a history or a text',
    body: recommendationRequest,
    response: answers(recommendationAnswer),
  };
  server.post('/v1/recommendations', { schema }, async ({ body }, reply) => {
    checkModel(body.model, run);
    const recommendation = await run.recommend(body, { signal: clientGone(reply) });
    return { object: 'recommendation' as const, model: run.name, ...recommendation };
  });
};
