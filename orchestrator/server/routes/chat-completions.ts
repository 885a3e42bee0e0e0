import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { chatCompletion, chatCompletionRequest, noEffectHeader } from '../../serving/index.ts';
import { answerChat } from '../chat/answer-chat.ts';
import { completionOf } from '../chat/completion.ts';
import { fieldsWithoutEffect } from '../chat/fields-without-effect.ts';
import { streamOf } from '../chat/stream.ts';
import { checkModel } from '../check-model.ts';
import { clientGone } from '../client-gone.ts';
import { answers } from '../open-api.ts';
import type { RoomOptions } from '../room.ts';

const headers = {
  [noEffectHeader]: {
    type: 'string',
    description: 'fields of the request that had no effect, where there are some: temperature, tools',
  },
};

/** As OpenAI's clients ask; the items come as data, too. */
export const chatCompletionRoutes: FastifyPluginAsyncZod<RoomOptions> = async (server, { run }) => {
  const schema = {
    summary: 'Chat, as OpenAI has it',
    description:
      'With stream: true the answer comes as server-sent events, one chunk an item, ended by [DONE]. What would change how the answer has to be read, such as response_format, is served or refused; other fields without effect are accepted, and the answer names them in a header.',
    body: chatCompletionRequest,
    response: answers(chatCompletion.meta({ headers })),
  };
  server.post('/v1/chat/completions', { schema }, async ({ body }, reply) => {
    checkModel(body.model, run);
    const ineffective = fieldsWithoutEffect(body);
    if (ineffective) reply.header(noEffectHeader, ineffective);
    const signal = clientGone(reply);
    const answered = await run.use((current) => answerChat(current, body, signal));
    const head = {
      id: `chatcmpl-${randomUUID()}`,
      created: Math.floor(Date.now() / 1000),
      model: run.name,
    };
    if (!body.stream) return completionOf(head, answered);
    reply
      .type('text/event-stream')
      .header('cache-control', 'no-store')
      .serializer((stream: string) => stream);
    return reply.send(streamOf(head, answered, body.stream_options?.include_usage === true) as never);
  });
};
