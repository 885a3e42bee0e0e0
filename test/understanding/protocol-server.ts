import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ExecutionContext } from 'ava';

/** In milliseconds: a busy machine is no server that does not answer. */
export const patient = 60_000;

export interface Asked {
  headers: IncomingMessage['headers'];
  path: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: what was sent is looked into
  body: any;
}

/** What the server does with a question: the text of its answer, or whatever it writes by itself. */
export type Answering = (asked: Asked, response: ServerResponse) => string | undefined;

/** A server that speaks the protocol of OpenAI as far as a client sees it; every question is kept. */
export async function protocolServer(
  t: Pick<ExecutionContext, 'teardown'>,
  answering: Answering,
): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const question = { headers: request.headers, path: request.url, body: JSON.parse(await text(request)) };
    asked.push(question);
    const content = answering(question, response);
    if (content === undefined) return;
    response.setHeader('content-type', 'application/json');
    const message = { role: 'assistant', content };
    response.end(JSON.stringify({ object: 'chat.completion', choices: [{ index: 0, message }] }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked };
}
