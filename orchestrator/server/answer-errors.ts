import type { FastifyError, FastifyInstance } from 'fastify';
import { type ErrorAnswer, UserError } from '../serving/index.ts';

/** Whatever is thrown becomes an answer in OpenAI's shape: a mistake of the client's says what to do, a bug says nothing. */
export function answerErrors(server: {
  setErrorHandler: FastifyInstance['setErrorHandler'];
  setNotFoundHandler: FastifyInstance['setNotFoundHandler'];
}): void {
  server.setErrorHandler<FastifyError | UserError | Error>((error, request, reply) => {
    const { status, answer } = errorAnswerOf(error);
    if (status >= 500) request.log.error(error);
    return reply.status(status).type('application/json').send(JSON.stringify(answer));
  });
  server.setNotFoundHandler((request, reply) =>
    reply
      .status(404)
      .type('application/json')
      .send(
        JSON.stringify(
          answerOf(
            'not_found_error',
            `there is no ${request.method} ${request.url.slice(0, 100)}`,
            null,
            'server/no-route',
          ),
        ),
      ),
  );
}

function errorAnswerOf(error: FastifyError | UserError | Error): { status: number; answer: ErrorAnswer } {
  if (error instanceof UserError) {
    const message = error.remedy ? `${error.message} → ${error.remedy}` : error.message;
    return { status: 400, answer: answerOf('invalid_request_error', message, null, error.code) };
  }
  const status = 'statusCode' in error && error.statusCode ? error.statusCode : 500;
  if (status >= 500)
    return {
      status: 500,
      answer: answerOf('server_error', 'the server made a mistake; its log says which', null, 'server/bug'),
    };
  const code = 'code' in error ? error.code : null;
  return { status, answer: answerOf('invalid_request_error', error.message, null, code) };
}

function answerOf(
  type: ErrorAnswer['error']['type'],
  message: string,
  param: string | null,
  code: string | null,
): ErrorAnswer {
  return { error: { message, type, param, code } };
}
