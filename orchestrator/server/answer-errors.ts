import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { busyCode, type ErrorAnswer, UserError } from '../serving/index.ts';
import { adviceOnNames } from './advise-names.ts';

/** A client error with its own status. */
export interface ClientError extends Error {
  statusCode: number;
  type: ErrorAnswer['error']['type'];
  code: string;
}

export function clientError(
  statusCode: number,
  type: ClientError['type'],
  code: string,
  message: string,
): ClientError {
  return Object.assign(new Error(message), { statusCode, type, code });
}

/** Whatever is thrown becomes an answer in OpenAI's shape: a client error says what to do, a bug reveals nothing. */
export function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler<Error>(answerError);
  server.setNotFoundHandler((request) => {
    const asked = `${request.method} ${request.url.slice(0, 100)}`;
    const meant = routeMeant(server, request.url);
    const advice = meant ? `send ${meant}` : '/openapi.json lists all routes';
    throw clientError(404, 'not_found_error', 'server/no-route', `there is no ${asked}: ${advice}`);
  });
}

/** A route of the same path, but for its method, slashes and capitals. */
function routeMeant(server: FastifyInstance, address: string): string | undefined {
  const url = address.split('?')[0].toLowerCase().replace(/\/+/g, '/').replace(/\/$/, '');
  const path = url.startsWith('/v1/') ? url : `/v1${url}`;
  const method = (['POST', 'GET'] as const).find((each) => server.hasRoute({ method: each, url: path }));
  return method && `${method} ${path}`;
}

/** `frameworkErrors` of fastify asks this as well: for addresses that no route is looked for. */
export function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const { status, answer } = errorAnswerOf(error, request);
  if (status >= 500) request.log.error(error);
  if (status === 429) reply.header('retry-after', '1');
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  reply.status(status).type('application/json').send(JSON.stringify(answer));
}

/** A message may repeat what was sent, such as 60,000 unknown names. */
const longestMessage = 2000;

/** Errors with their own status. */
const statuses: Record<string, [status: number, type: ErrorAnswer['error']['type']]> = {
  [busyCode]: [429, 'rate_limit_error'],
  'serving/events-held': [503, 'server_error'],
  'serving/broken-events': [500, 'server_error'],
  'serving/unknown-user': [404, 'not_found_error'],
  'serving/no-such-item': [404, 'not_found_error'],
  'serving/nothing-available': [503, 'server_error'],
  'runs/unknown': [404, 'not_found_error'],
};

function errorAnswerOf(
  error: Error,
  { routeOptions }: FastifyRequest,
): { status: number; answer: ErrorAnswer } {
  if (error instanceof UserError) {
    const message = error.remedy ? `${error.message} → ${error.remedy}` : error.message;
    const [status, type] = statuses[error.code] ?? [400, 'invalid_request_error'];
    return { status, answer: answerOf(type, message, error.code) };
  }
  const { statusCode: status = 500, code = null, validation } = error as Partial<FastifyError>;
  if (status >= 500)
    return {
      status: 500,
      answer: answerOf('server_error', 'internal server error; see the server log', 'server/bug'),
    };
  const type = (error as Partial<ClientError>).type ?? 'invalid_request_error';
  const places = (validation ?? []).map(({ instancePath }) => instancePath.slice(1).replaceAll('/', '.'));
  const advice =
    code === 'FST_ERR_CTP_BODY_TOO_LARGE'
      ? `send at most ${routeOptions.bodyLimit} bytes`
      : adviceOnNames(routeOptions.schema?.body, validation ?? []);
  const message = advice ? `${error.message} → ${advice}` : error.message;
  return { status, answer: answerOf(type, message, code, places[0] || null) };
}

function answerOf(
  type: ErrorAnswer['error']['type'],
  message: string,
  code: string | null,
  param: string | null = null,
): ErrorAnswer {
  const said = message.length > longestMessage ? `${message.slice(0, longestMessage)} …` : message;
  return { error: { message: said, type, param, code } };
}
