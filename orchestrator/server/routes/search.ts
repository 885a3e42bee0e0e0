import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { searchAnswer, searchQuery } from '../../serving/index.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

/** For the search field of a shop. */
export const searchRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  const schema = {
    summary: 'All items for the text of a search field, understood as in chat, and how many there are',
    querystring: searchQuery,
    response: answers(searchAnswer),
  };
  server.get('/v1/search', { schema }, async ({ query: { query, limit } }) => ({
    object: 'list' as const,
    ...(await run.find(query, limit)),
  }));
};
