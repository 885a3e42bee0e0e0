import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { RoomOptions } from '../create-server.ts';

/** The page and what it asks for. */
export const page: FastifyPluginAsyncZod<RoomOptions> = async (_server, _options) => {};
