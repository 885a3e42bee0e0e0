import test from 'ava';
import { listRuns } from '../../orchestrator/runs/read-runs.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { waitUntil } from '../wait-until.ts';
import { rawRequest } from './raw-request.ts';
import { startServer, type TestServer, withServer } from './with-server.ts';

let server: TestServer;

test.before(async () => {
  server = await startServer();
});
test.after.always(() => server?.close());

test('recommendations answer what the library answers', async (t) => {
  const [{ item_id }] = server.run.search('shampoo', 1);
  const request = { history: [item_id], prompt: 'a lotion', k: 4 };
  const { status, body } = await server.post('/v1/recommendations', request);
  t.is(status, 200);
  const own = await server.run.recommend(request);
  // Scores differ in their last digits with what is decoded together.
  const idsOf = (items: { item_id: string }[]) => items.map(({ item_id }) => item_id);
  t.like(body, { object: 'recommendation', model: 'smoke', history: own.history, query: 'lotion' });
  t.deepEqual(idsOf(body.items), idsOf(own.items));
});

test('items are found while somebody types', async (t) => {
  const { body } = await server.get('/v1/items?query=sham&limit=3');
  t.deepEqual(body, { object: 'list', data: server.run.search('sham', 3) });
  t.is(body.data.length, 3);
});

test('a search field is answered with all that fits, counted, and its first items', async (t) => {
  const address = `/v1/search?limit=2&query=${encodeURIComponent('show me a shampoo')}`;
  const { body } = await server.get(address);
  const own = await server.run.find('show me a shampoo', 2);
  t.deepEqual(body, { object: 'list', ...own });
  t.is(body.data.length, 2);
  t.true(body.count > 2);
  t.deepEqual(
    body.understood.intent.wishes.map(({ text }: { text: string }) => text),
    ['shampoo'],
  );
  for (const wrong of ['', '?query=', '?query=x&limit=0', '?query=x&limit=201'])
    t.is((await server.get(`/v1/search${wrong}`)).status, 400, wrong);
});

test('an item is told with its description', async (t) => {
  const [{ score: _, ...card }] = server.run.search('shampoo', 1);
  const { body } = await server.get(`/v1/items/${card.item_id}`);
  t.like(body, { object: 'item', ...card });
  t.is(typeof body.description, 'string');
  t.like(await server.get('/v1/items/nothing'), {
    status: 404,
    body: { error: { code: 'serving/no-such-item' } },
  });
});

test('a page of a product finds what is similar to it, and what is bought together with it', async (t) => {
  const [{ item_id }] = server.run.search('shampoo', 1);
  const address = `/v1/items/${item_id}`;
  const similar = await server.get(`${address}/similar?by=text&k=3`);
  t.deepEqual(similar.body, { object: 'list', ...(await server.run.similar(item_id, { by: 'text', k: 3 })) });
  t.is(similar.body.data.length, 3);
  const together = await server.get(`${address}/together`);
  t.deepEqual(together.body, { object: 'list', ...(await server.run.together(item_id)) });
  const where = encodeURIComponent('{"brand": "no such brand"}');
  t.deepEqual((await server.get(`${address}/similar?where=${where}`)).body.data, []);
  for (const wrong of ['where=%7B', 'where=%7B"colour":"red"%7D', 'by=name', 'k=0'])
    t.is((await server.get(`${address}/similar?${wrong}`)).status, 400, wrong);
  const unknown = await server.get('/v1/items/nothing/similar');
  t.like(unknown, { status: 404, body: { error: { code: 'serving/no-such-item' } } });
});

test('an explanation has the neighbours and the code, and where the words are that were matched', async (t) => {
  const [item, ...history] = server.run.search('shampoo', 4).map(({ item_id }) => item_id);
  const { body } = await server.post('/v1/explanations', { item, history });
  t.deepEqual(body, server.run.explain({ item, history }));
  const { held } = (await server.post('/v1/explanations', { item, words: ['shampoo'] })).body;
  t.is(held[0].word, 'shampoo');
  t.true(held[0].fields.includes('title'));
});

test('runs are listed with the states that the terminal shows', async (t) => {
  const { body } = await server.get('/v1/runs');
  t.deepEqual(
    body.data.map(({ name, status }: { name: string; status: string }) => [name, status]),
    listRuns(await smokeRuns()).map(({ name, status }) => [name, status]),
  );
});

test('health needs no key, everything else does where there is one', async (t) => {
  const locked = await withServer(t, { apiKeys: ['a-key-of-sixteen-letters'] });
  t.like(await locked.get('/healthz'), { status: 200, body: { status: 'ok', model: 'smoke' } });
  for (const path of ['/v1/models', '/v1/runs', '/v1/items?query=x', '/metrics', '/openapi.json']) {
    const { status, headers, body } = await locked.get(path);
    t.is(status, 401, path);
    t.is(headers.get('www-authenticate'), 'Bearer');
    t.is(body.error.type, 'authentication_error');
    t.is((await locked.get(path, { authorization: 'Bearer a-key-of-sixteen-letters' })).status, 200, path);
  }
  t.is((await locked.post('/v1/recommendations', { prompt: 'x' })).status, 401);
});

test('Prometheus can read the metrics; an address that is none opens no series of its own', async (t) => {
  await server.get('/v1/models');
  await server.get('/a-path-that-is-none');
  const { body, headers } = await server.get('/metrics');
  t.regex(headers.get('content-type') ?? '', /^text\/plain/);
  t.regex(body, /^eager_llm_request_seconds_count\{method="GET",route="\/v1\/models",status="200"\} [1-9]/m);
  t.regex(body, /^eager_llm_request_seconds_count\{method="GET",route="none",status="404"\} [1-9]/m);
  t.regex(body, /^eager_llm_waiting_requests 0$/m);
  t.regex(body, /^process_resident_memory_bytes \d/m);
  t.notRegex(body, /a-path-that-is-none/);
});

test('the OpenAPI document has every route, with the schemas that check it', async (t) => {
  const { body } = await server.get('/openapi.json');
  t.is(body.openapi, '3.1.0');
  const routes = [
    '/healthz',
    '/metrics',
    '/v1/chat/completions',
    '/v1/events',
    '/v1/explanations',
    '/v1/items',
    '/v1/items/{id}/similar',
    '/v1/items/{id}/together',
    '/v1/models',
    '/v1/models/{model}',
    '/v1/recommendations',
    '/v1/runs',
  ];
  t.true(routes.every((route) => route in body.paths));
  const { schema } = body.paths['/v1/recommendations'].post.requestBody.content['application/json'];
  t.like(schema, {
    additionalProperties: false,
    properties: { k: { minimum: 1, maximum: 100 } },
  });
});

test('a server that is meant for this machine answers by its names only', async (t) => {
  const own = await withServer(t, { hostNames: ['localhost', '127.0.0.1'] });
  t.is((await own.get('/healthz')).status, 200);
  const foreign = await rawRequest(
    own.port,
    'GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
  );
  t.regex(foreign, /^HTTP\/1\.1 421 /);
  t.regex(foreign, /this server is not called \\"evil\.example\\"/);
});

test('the log of requests tells how long each took, and not who asked for what', async (t) => {
  const lines: string[] = [];
  const own = await withServer(t, { requestLog: (line) => lines.push(line) });
  await own.post('/v1/recommendations', { user: 'no-such-customer', prompt: 'a secret wish' });
  await own.get('/v1/items?query=shampoo');
  await own.get('/somewhere/else');
  await waitUntil(() => lines.length === 3);
  const told = lines.map((line) => JSON.parse(line));
  t.deepEqual(
    told.map(({ method, route, status }) => [method, route, status]),
    [
      ['POST', '/v1/recommendations', 404],
      ['GET', '/v1/items', 200],
      ['GET', null, 404],
    ],
  );
  t.true(told.every(({ milliseconds, at }) => milliseconds >= 0 && !Number.isNaN(Date.parse(at))));
  t.notRegex(lines.join(), /no-such-customer|secret|shampoo|somewhere|127\.0\.0\.1/);
});

test('closing answers what is under way and takes nothing new', async (t) => {
  const closing = await startServer({}, { batch: 2 });
  let answered = 0;
  const asked = Array.from({ length: 48 }, async () => {
    const answer = await closing.post('/v1/recommendations', { prompt: 'shampoo' });
    answered++;
    return answer;
  });
  // All have arrived: none is refused because its connection came too late.
  const arrived = () => {
    const { waiting, decoding } = closing.run.load();
    return waiting + decoding + answered;
  };
  await waitUntil(() => arrived() >= asked.length, { during: Promise.all(asked), every: 0 });
  await closing.close();
  for (const { status, body } of await Promise.all(asked)) {
    t.is(status, 200);
    t.is(body.items.length, 10);
  }
  await t.throwsAsync(closing.get('/healthz'));
});
