import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { runList } from '../../serving/index.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

/** What was run so far, as `eager-llm runs ls` lists it. */
export const runRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { runsFolder, reads }) => {
  const schema = { summary: 'Every run, the latest first', response: answers(runList) };
  server.get('/v1/runs', { schema }, async () => ({
    object: 'list' as const,
    data: await reads.ask('listRunCards', runsFolder),
  }));
};
