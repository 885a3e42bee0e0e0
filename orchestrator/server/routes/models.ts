import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { limits, model, modelList } from '../../serving/index.ts';
import { checkModel } from '../check-model.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

/** The one model there is, as OpenAI lists models. */
export const modelRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  server.get(
    '/v1/models',
    { schema: { summary: 'Which model answers', response: answers(modelList) } },
    async () => ({ object: 'list' as const, data: [run.model] }),
  );
  server.get(
    '/v1/models/:model',
    {
      schema: {
        summary: 'One model',
        params: z.object({ model: z.string().max(limits.name) }),
        response: answers(model),
      },
    },
    async ({ params }) => {
      checkModel(params.model, run);
      return run.model;
    },
  );
};
