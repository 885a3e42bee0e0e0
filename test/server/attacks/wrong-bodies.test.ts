import { gzipSync } from 'node:zlib';
import test from 'ava';
import { startServer, type TestServer } from '../with-server.ts';

let server: TestServer;
test.before(async () => {
  server = await startServer({ allowRuns: true });
});
test.after.always(() => server?.close());

const json = { 'content-type': 'application/json' };
const body = '{"history": ["B004ITB3IW"], "prompt": "shampoo", "k": 1}';

/** What is sent with which headers, the status, and what the answer tells to do. */
const wrong: Record<
  string,
  [headers: Record<string, string>, body: string | Buffer, status: number, says: RegExp]
> = {
  'a body without a content type': [
    { 'content-type': '' },
    Buffer.from(body),
    415,
    /content-type: application\/json/,
  ],
  'what curl -d sends': [
    { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    415,
    /"application\/x-www-form-urlencoded" is not read here → send JSON, with the header 'content-type: app/,
  ],
  'plain text': [{ 'content-type': 'text/plain' }, body, 415, /content-type: application\/json/],
  'a type that begins like JSON': [
    { 'content-type': 'application/json5' },
    body,
    415,
    /"application\/json5"/,
  ],
  'a type that is none': [{ 'content-type': ';;;' }, body, 415, /content-type: application\/json/],
  'a body that is gzipped and says so': [
    { ...json, 'content-encoding': 'gzip' },
    gzipSync(body),
    415,
    /"gzip" is not read here → send the body uncompressed/,
  ],
  'a body that is gzipped and does not say so': [json, gzipSync(body), 400, /not text in UTF-8/],
  'another encoding': [{ ...json, 'content-encoding': 'br' }, body, 415, /"br" is not read here/],
  'a charset that is not UTF-8': [
    { 'content-type': 'application/json; charset=iso-8859-1' },
    body,
    415,
    /"iso-8859-1" is not read here → send UTF-8/,
  ],
  'letters of Latin-1': [json, Buffer.from('{"prompt": "crème"}', 'latin1'), 400, /not text in UTF-8 → send/],
  'a body in UTF-16': [json, Buffer.from(`\ufeff${body}`, 'utf16le'), 400, /not text in UTF-8/],
  'an empty body': [json, '', 400, /the body is empty → send a JSON object/],
  'a body of blanks': [json, ' \n ', 400, /the body is empty/],
  'what is no JSON': [json, "{'k': 1}", 400, /not valid JSON: .+ → send one JSON object/],
  'a body over the limit': [json, ' '.repeat(2 ** 20 + 1), 413, /too large → send at most 1048576 bytes/],
  'a prototype in the JSON': [json, '{"__proto__": {"k": 1}}', 400, /__proto__ .* not accepted as keys/],
};

for (const [name, [headers, sent, status, says]] of Object.entries(wrong))
  test(`every route that takes a body says what to do about ${name}`, async (t) => {
    const routes = server.routes.filter(({ method }) => method === 'POST');
    t.true(routes.length >= 7);
    for (const { path } of routes) {
      const response = await fetch(server.url + path.replace(':name', 'smoke'), {
        method: 'POST',
        headers,
        body: sent,
      });
      const { error } = (await response.json()) as { error: { message: string; code: string } };
      t.is(response.status, status, `${path}: ${error.message}`);
      t.regex(error.message, says, path);
      t.true(error.message.length < 300);
    }
    t.deepEqual(server.log, []);
  });

test('JSON is read with a charset, in capitals, and behind a byte order mark', async (t) => {
  for (const [type, sent] of [
    ['application/json; charset=utf-8', '{"prompt": "shampoo", "k": 1}'],
    ['Application/JSON;charset="UTF-8"', '{"prompt": "shampoo", "k": 1}'],
    ['application/json', '\ufeff{"prompt": "shampoo", "k": 1}'],
  ]) {
    const { status, body: answer } = await server.post('/v1/recommendations', sent, { 'content-type': type });
    t.is(status, 200, JSON.stringify(answer));
  }
});

test('a name that a body does not have gets the one that was meant, or those that there are', async (t) => {
  const tell = async (body: unknown) =>
    (await server.post('/v1/recommendations', body)).body.error.message as string;
  t.regex(await tell({ histroy: ['a'] }), /"histroy" → did you mean "history"\?/);
  t.regex(await tell({ zebra: 1 }), /"zebra" → there are model, user, history, /);
  t.regex(
    await tell({ history: ['a'], diversity: { by: 'brand', maxx: 1 } }),
    /"maxx" → did you mean "max"\?/,
  );
});

test('a time in milliseconds, or in words, is told what it should be', async (t) => {
  for (const time of [1_700_000_000_123, 'yesterday', null]) {
    const events = [{ user: 'u', item: 'B004ITB3IW', time }];
    const { status, body: answer } = await server.post('/v1/events', { events });
    t.is(status, 400);
    t.regex(answer.error.message, /seconds since 1970 \(not milliseconds\), or ISO 8601 with its zone/);
  }
});

test('an answer to a body of many mistakes names some of them', async (t) => {
  const names = Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`name${at}`, at]));
  for (const path of ['/v1/recommendations', '/v1/explanations', '/page/recipes/check', '/page/runs']) {
    const { status, body: answer } = await server.post(path, names);
    t.is(status, 400, path);
    t.regex(answer.error.message, /name0/);
    t.true(answer.error.message.length < 2100, path);
  }
});
