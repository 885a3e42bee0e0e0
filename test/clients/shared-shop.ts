import test from 'ava';
import { startServer, type TestServer } from '../server/with-server.ts';

/** The real server, for all tests of a file; and what an application asks it. */
export function sharedShop(): () => { url: string; base: string; title: string; model: string } {
  let server: TestServer;
  test.before(async () => {
    server = await startServer();
  });
  test.after.always(() => server?.close());
  return () => ({
    url: server.url,
    base: `${server.url}/v1`,
    title: server.run.search('shampoo', 1)[0].title,
    model: 'smoke',
  });
}

/** The lines of a numbered list. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => /^\d+\. ./.test(line));
}

/** A form that an application asks an answer in: a part of the recommendation. */
export const itemsOnly = {
  type: 'object',
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: { item_id: { type: 'string' }, title: { type: 'string' } },
        required: ['item_id', 'title'],
        additionalProperties: false,
      },
    },
  },
  required: ['items'],
  additionalProperties: false,
} as const;

export const buyTool = {
  type: 'function',
  function: {
    name: 'buy',
    description: 'buys an item',
    parameters: { type: 'object', properties: { item_id: { type: 'string' } }, required: ['item_id'] },
  },
} as const;
