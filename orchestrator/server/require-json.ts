import type { FastifyInstance, FastifyRequest } from 'fastify';
import { messageOf } from '../shared/errors.ts';
import { clientError } from './answer-errors.ts';
import { mayChange } from './own-site-only.ts';

const asJson = "send JSON, with the header 'content-type: application/json'";

/**
 * Bodies are JSON in UTF-8 and say so, on every route that may change something, even where nothing has to be said: no
 * form of another site can send that. What is anything else gets told what to do.
 */
export function requireJson(server: FastifyInstance): void {
  server.addHook('onRequest', async (request) => {
    if (mayChange(request)) checkHeaders(request.headers);
  });
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const text = textOf(body);
      return new Promise((resolve, reject) => {
        parse(request, text, (error, value) => (error ? reject(invalid(text)) : resolve(value)));
      });
    },
  );
}

function checkHeaders(headers: FastifyRequest['headers']): void {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers;
  const [media] = type.toLowerCase().split(';', 1);
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (type === '') throw unsupported(`the request has no content type → ${asJson}`);
  if (media.trim() !== 'application/json')
    throw unsupported(`the content type ${JSON.stringify(type.slice(0, 60))} is not read here → ${asJson}`);
  if (!/^(utf-?8|us-ascii)$/i.test(charset))
    throw unsupported(`the charset ${JSON.stringify(charset.slice(0, 60))} is not read here → send UTF-8`);
  if (encoding.toLowerCase() !== 'identity')
    throw unsupported(
      `the content encoding ${JSON.stringify(encoding.slice(0, 60))} is not read here → send the body uncompressed, without content-encoding`,
    );
}

function textOf(body: Buffer): string {
  let text: string;
  try {
    // A byte order mark is left out.
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw bad('server/not-utf-8', 'the body is not text in UTF-8 → send JSON in UTF-8, uncompressed');
  }
  if (text.trim() === '')
    throw bad('server/empty-body', 'the body is empty → send a JSON object, {} if there is nothing to send');
  return text;
}

/** Why a text is not accepted as JSON: in the parser's words, which quote a few characters at most. */
function invalid(text: string): Error {
  let reason = '__proto__ and constructor.prototype are not accepted as keys';
  try {
    JSON.parse(text);
  } catch (error) {
    reason = messageOf(error);
  }
  return bad('server/not-json', `the body is not valid JSON: ${reason} → send one JSON object`);
}

function unsupported(message: string): Error {
  return clientError(415, 'invalid_request_error', 'server/unsupported-body', message);
}

function bad(code: string, message: string): Error {
  return clientError(400, 'invalid_request_error', code, message);
}
