import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { eventsAnswer, eventsRequest, forgetAnswer, forgetRequest } from '../../serving/index.ts';
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
  const checkAllowed = () => {
    if (!allowEvents)
      throw clientError(
        403,
        'invalid_request_error',
        'server/no-events',
        'this server takes no events → start it with --events',
      );
  };
  server.post('/v1/events', { schema }, async ({ body }) => {
    checkAllowed();
    return { object: 'events' as const, ...(await run.addEvents(body)) };
  });
  const forgetting = {
    summary: "Remove a person's events that came after the training",
    body: forgetRequest,
    response: answers(forgetAnswer),
  };
  // No DELETE: ids of people stay out of addresses, which proxies and logs keep.
  server.post('/v1/events/forget', { schema: forgetting }, async ({ body }) => {
    checkAllowed();
    return { object: 'events' as const, forgotten: await run.forgetEvents(body.user) };
  });
};
