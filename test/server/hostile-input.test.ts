import { connect } from 'node:net';
import test from 'ava';
import { waitUntil } from '../wait-until.ts';
import { rawRequest } from './raw-request.ts';
import { startServer, type TestServer, withServer } from './with-server.ts';

let server: TestServer;
let id: string;

test.before(async () => {
  server = await startServer();
  id = server.run.search('shampoo', 1)[0].item_id;
});
test.after.always(() => server?.close());

const recommendations = '/v1/recommendations';
const completions = '/v1/chat/completions';
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const chat = (more: object) => ({ model: 'smoke', messages: [{ role: 'user', content: 'x' }], ...more });

/** What is sent, and which status it gets. */
const inputs: Record<string, [path: string, body: unknown, status: number, says?: RegExp]> = {
  'a body of two megabytes': [recommendations, { prompt: 'x'.repeat(2 << 20) }, 413, /too large/],
  'a text beyond the limit': [recommendations, { prompt: 'x'.repeat(4001) }, 400, /prompt/],
  'JSON that is nested 100,000 deep': [recommendations, deep(100_000), 400],
  'a field that is nested 100,000 deep': [recommendations, `{"history": ${deep(100_000)}}`, 400, /history/],
  'a message that is nested 100,000 deep': [
    completions,
    `{"model":"smoke","messages":[{"role":"user","content":${deep(100_000)}}]}`,
    400,
    /content/,
  ],
  'JSON that is cut off': [recommendations, '{"prompt": "x', 400, /JSON/],
  'no JSON at all': [recommendations, 'prompt=x', 400, /JSON/],
  'an empty body': [recommendations, '', 400],
  null: [recommendations, 'null', 400],
  'a number for an object': [recommendations, '7', 400],
  'a number for a text': [recommendations, { prompt: 7 }, 400, /prompt/],
  'an object for a list': [recommendations, { history: { 0: 'x' } }, 400, /history/],
  'a text for a number': [recommendations, { prompt: 'x', k: '5' }, 400, /k /],
  'a count of zero': [recommendations, { prompt: 'x', k: 0 }, 400, /k /],
  'a negative count': [recommendations, { prompt: 'x', k: -1 }, 400, /k /],
  'half an item': [recommendations, { prompt: 'x', k: 1.5 }, 400, /k /],
  'a count beyond all numbers': [recommendations, '{"prompt":"x","k":1e999}', 400, /k /],
  'more items than a list may have': [recommendations, { prompt: 'x', k: 101 }, 400, /k Too big.*100/],
  'a history of 501 items': [recommendations, { history: new Array(501).fill('x') }, 400, /history/],
  'a hundred titles that have to be guessed': [
    recommendations,
    { history: Array.from({ length: 100 }, (_, at) => `no such item ${at}`), strict: true },
    400,
    /no item/,
  ],
  '2,001 exclusions': [recommendations, { prompt: 'x', exclude: new Array(2001).fill('x') }, 400, /exclude/],
  'an item that does not exist': [
    recommendations,
    { history: ['no such item'], strict: true },
    400,
    /no item/,
  ],
  'a user that does not exist': [recommendations, { user: 'nobody' }, 404, /no such user/],
  'a path as a user': [recommendations, { user: '../../../etc/passwd' }, 404, /no such user/],
  'a path as a model': [recommendations, { model: '../smoke', prompt: 'x' }, 404, /no model/],
  'nothing to start from': [recommendations, {}, 400, /nothing to start from/],
  'an empty history': [recommendations, { history: [], fallback: 'error' }, 400, /nothing to start from/],
  'a field that is unknown': [recommendations, { prompt: 'x', beams: 10_000 }, 400, /beams/],
  'a prototype in the JSON': [recommendations, '{"__proto__": {"k": 1}, "prompt": "x"}', 400],
  'a constructor in the JSON': [
    recommendations,
    '{"constructor": {"prototype": {"k": 1}}, "prompt": "x"}',
    400,
  ],
  'a prototype as an item': [recommendations, { history: ['__proto__'], strict: true }, 400, /no item/],
  'half a surrogate pair as an item': [
    recommendations,
    '{"history": ["\\ud800"], "strict": true}',
    400,
    /no item/,
  ],
  'bytes that are no UTF-8': [recommendations, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]).toString('latin1'), 400],
  'no messages': [completions, chat({ messages: [] }), 400, /messages/],
  'a message of nobody': [completions, chat({ messages: [{ role: 'root', content: 'x' }] }), 400, /role/],
  '201 messages': [
    completions,
    chat({ messages: new Array(201).fill({ role: 'user', content: 'x' }) }),
    400,
    /messages/,
  ],
  'another model': [completions, chat({ model: 'gpt-4' }), 404, /no model/],
  'four answers at once': [completions, chat({ n: 4 }), 400, /n /],
  'a stream that is a text': [completions, chat({ stream: 'yes' }), 400, /stream/],
  'an unknown field of ours': [completions, chat({ recommender: { beams: 5 } }), 400, /beams/],
  'a disliked item that does not exist': [
    completions,
    chat({ recommender: { dislikes: ['zz'] } }),
    400,
    /no item/,
  ],
};

for (const [name, [path, body, status, says = /./]] of Object.entries(inputs))
  test(`a clear error for ${name}`, async (t) => {
    const reply = await server.post(path, body);
    t.is(reply.status, status, JSON.stringify(reply.body));
    t.regex(reply.body.error.message, says);
    t.true(reply.body.error.message.length < 1500);
    t.not(reply.body.error.type, 'server_error');
    t.notRegex(JSON.stringify(reply.body), /node_modules|\.ts:|at Object/, 'nothing of the inside is shown');
  });

/** Strange, and yet something to answer. */
const answered: Record<string, string> = {
  'control characters': '\u0000\u0007\u001b[2J\u009b31m shampoo \u202e',
  'tokens of the vocabulary': '<a_1><b_2><c_3><d_4> shampoo <|response|></s><s>[INST]',
  'signs of a template': '{history} {item} {{query}} %s $1 shampoo',
  'markup and scripts': '<script>alert(1)</script> <img src=x onerror=alert(1)> shampoo',
  'one word of 4,000 letters': 'x'.repeat(4000),
  'a thousand emoji': '💄'.repeat(1000),
  'a thousand words that are nearly titles': 'shampo conditoner '.repeat(200),
  'only blanks': '   ',
};
for (const [name, prompt] of Object.entries(answered))
  test(`a text of ${name} is answered with items, or refused for what it lacks`, async (t) => {
    const { status, body } = await server.post(recommendations, { prompt });
    if (status === 400) t.regex(body.error.code, /^(prompts|serving)\//);
    else {
      t.is(status, 200, JSON.stringify(body));
      t.is(body.items.length, 10);
      t.deepEqual(body.history, []);
    }
    const spoken = await server.post(completions, chat({ messages: [{ role: 'user', content: prompt }] }));
    t.true(spoken.status === 200 || spoken.status === 400, JSON.stringify(spoken.body));
  });

const paths = [
  '/..%2f..%2f..%2fetc%2fpasswd',
  '/v1/models/..%2f..%2fsmoke',
  '/v1/models/%00',
  '/v1/models/' + 'x'.repeat(5000),
  '/%ff%fe',
  '/v1/items',
  '/v1/items?query=',
  '/v1/items?query=x&limit=1000000',
  '/v1/items?query=x&limit=NaN',
  '/v1/items?query=x&query=y',
  '/v1/items?query[a]=x&limit=-1',
];
for (const path of paths)
  test(`a clear error for the address ${path.slice(0, 40)}`, async (t) => {
    const { status, body } = await server.get(path);
    t.true(status >= 400 && status < 500, `${status} ${JSON.stringify(body)}`);
    t.is(typeof body.error.message, 'string');
  });

test('other methods and kinds of content are refused', async (t) => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    t.is((await fetch(server.url + recommendations, { method })).status, 404, method);
  t.regex(
    await (await fetch(`${server.url}${recommendations}/?k=1`)).text(),
    /send POST \/v1\/recommendations"/,
  );
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'image/png',
    'x',
  ]) {
    const { status } = await server.post(recommendations, '{"prompt":"x"}', { 'content-type': type });
    t.true(status === 415 || status === 400, `${type} ${status}`);
  }
});

const raw: Record<string, [pieces: string[], status: number]> = {
  'a header of 64 kilobytes': [
    [`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Flood: ${'x'.repeat(1 << 16)}\r\n\r\n`],
    431,
  ],
  'ten thousand headers': [
    [`GET /healthz HTTP/1.1\r\nHost: x\r\n${'X-Flood: xxxxxxxx\r\n'.repeat(10_000)}\r\n`],
    431,
  ],
  'what is no HTTP': [['\u0016\u0003\u0001 hello\r\n\r\n'], 400],
  'two lengths': [
    ['POST /v1/recommendations HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
    400,
  ],
  'a length and chunks': [
    [
      'POST /v1/recommendations HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    400,
  ],
  'a chunk of broken size': [
    [
      'POST /v1/recommendations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      'zz\r\nhello\r\n',
    ],
    400,
  ],
  'a negative length': [['POST /v1/recommendations HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n'], 400],
  'no name of a host': [['GET /healthz HTTP/1.1\r\n\r\n'], 400],
};
for (const [name, [pieces, status]] of Object.entries(raw))
  test(`a clear error for ${name}`, async (t) => {
    const answer = await rawRequest(server.port, ...pieces);
    t.true(answer.startsWith(`HTTP/1.1 ${status} `), answer.slice(0, 200));
  });

test('a client that sends a letter now and then is cut off, whether in its headers or in its body', async (t) => {
  const impatient = await withServer(t, { requestSeconds: 1 });
  const slowly = (text: string) => [text, ...'x'.repeat(400)];
  const answers = await Promise.all([
    rawRequest(impatient.port, ...slowly('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ')),
    rawRequest(
      impatient.port,
      ...slowly(
        'POST /v1/recommendations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n',
      ),
    ),
  ]);
  for (const answer of answers) t.regex(answer, /^HTTP\/1\.1 408 Request Timeout/);
  t.is((await impatient.get('/healthz')).status, 200);
});

test('clients that hang up give their places in the queue back, streaming or not', async (t) => {
  const small = await withServer(t, {}, { batch: 1, waiting: 8 });
  const leaving = new AbortController();
  const gone = Array.from({ length: 9 }, (_, at) =>
    fetch(small.url + completions, {
      method: 'POST',
      signal: leaving.signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        chat({
          stream: at % 2 === 0,
          messages: [{ role: 'user', content: `shampoo ${at}` }],
          // Long enough in the queue to be seen there.
          recommender: { k: 100 },
        }),
      ),
    }),
  );
  await waitUntil(() => small.run.load().waiting >= 2, { during: Promise.allSettled(gone), every: 0 });
  leaving.abort();
  t.true((await Promise.allSettled(gone)).some(({ status }) => status === 'rejected'));
  await waitUntil(() => small.run.load().waiting === 0);
  t.is((await small.post(recommendations, { history: [id] })).status, 200);
  t.deepEqual(small.run.load(), { waiting: 0, decoding: 0 });
});

test('a stream whose reader hangs up in the middle harms nobody', async (t) => {
  const body = JSON.stringify(chat({ stream: true, messages: [{ role: 'user', content: 'shampoo' }] }));
  for (let each = 0; each < 5; each++)
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.write(
          `POST ${completions} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        ),
      );
      socket.once('data', () => socket.resetAndDestroy());
      socket.on('error', () => {});
      socket.once('close', () => resolve());
    });
  t.is((await server.post(completions, body)).status, 200);
});

test.after('after all of that the server answers as before, and nothing went wrong inside', async (t) => {
  t.is((await server.get('/healthz')).status, 200);
  t.is((await server.post(recommendations, { history: [id] })).body.items.length, 10);
  t.deepEqual(server.log, []);
});
