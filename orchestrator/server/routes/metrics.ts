import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RoomOptions } from '../room.ts';

/** For Prometheus. */
export const metricsRoutes: FastifyPluginAsyncZod<RoomOptions> = async (
  server,
  { metrics: { registry } },
) => {
  const schema = {
    summary: 'Metrics in the text format of Prometheus',
    produces: ['text/plain'],
    response: { 200: z.string() },
  };
  server.get('/metrics', { schema }, async (_request, reply) => {
    reply.type(registry.contentType).serializer((text: string) => text);
    return registry.metrics();
  });
};
