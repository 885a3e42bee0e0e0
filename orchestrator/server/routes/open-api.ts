import type { FastifyPluginAsync } from 'fastify';
import type { RoomOptions } from '../room.ts';

/** The OpenAPI document of all that is here. */
export const openApiRoutes: FastifyPluginAsync<RoomOptions> = async (server) => {
  server.get('/openapi.json', { schema: { hide: true } }, async () => server.swagger());
};
