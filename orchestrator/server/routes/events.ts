import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { eventsAnswer, eventsRequest } from '../../serving/index.ts';
import { clientError } from '../answer-errors.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

/** What customers have taken since the training; only where the server was started for it. */
export const eventRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run, allowEvents }) => {
  const schema = {
    summary: 'Keep events that came after the training; lists for their users start from them at once',
    body: eventsRequest,
    response: answers(eventsAnswer),
  };
  server.post('/v1/events', { schema }, async ({ body }) => {
    if (!allowEvents)
      throw clientError(
        403,
        'invalid_request_error',
        'server/no-events',
        'this server takes no events → start it with --events',
      );
    return { object: 'events' as const, ...(await run.addEvents(body)) };
  });
};
