import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  itemDetails,
  itemPath,
  similarAnswer,
  similarQuery,
  togetherAnswer,
  togetherQuery,
} from '../../serving/index.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

/** For the page of a product. */
export const relatedItemRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  const details = {
    summary: 'What the data say of an item',
    params: itemPath,
    response: answers(itemDetails),
  };
  server.get('/v1/items/:id', { schema: details }, async ({ params }) => ({
    object: 'item' as const,
    ...run.item(params.id),
  }));
  const similar = {
    summary: 'Items that are most like an item, by their texts, by how people use them, or by both',
    params: itemPath,
    querystring: similarQuery,
    response: answers(similarAnswer),
  };
  server.get('/v1/items/:id/similar', { schema: similar }, async ({ params, query }) => ({
    object: 'list' as const,
    ...(await run.similar(params.id, query)),
  }));
  const together = {
    summary: 'Items that the same people took, by the training log',
    params: itemPath,
    querystring: togetherQuery,
    response: answers(togetherAnswer),
  };
  server.get('/v1/items/:id/together', { schema: together }, async ({ params, query }) => ({
    object: 'list' as const,
    ...(await run.together(params.id, query)),
  }));
};
