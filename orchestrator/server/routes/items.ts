import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { itemsAnswer, itemsQuery } from '../../serving/index.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

/** The catalogue, searched while somebody types. */
export const itemRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  const schema = {
    summary: 'Items for what was typed so far',
    querystring: itemsQuery,
    response: answers(itemsAnswer),
  };
  server.get('/v1/items', { schema }, async ({ query: { query, limit } }) => ({
    object: 'list' as const,
    data: run.search(query, limit),
  }));
};
