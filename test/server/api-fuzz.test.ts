import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { createRandom, type Random } from '../../orchestrator/shared/random.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { generateInput, type KnownTexts, type Schema } from './generate-input.ts';
import { type Reply, startServer, type TestServer } from './with-server.ts';

/** Requests a route; more for a longer search: FUZZ_REQUESTS=5000 npx ava test/server/api-fuzz.test.ts */
const requests = Number(process.env.FUZZ_REQUESTS ?? 150);
const seed = Number(process.env.FUZZ_SEED ?? 1);

interface Operation {
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

let server: TestServer;
let document: { paths: Record<string, Record<string, Operation>> };
let known: KnownTexts;

test.before(async () => {
  server = await startServer();
  document = (await server.get('/openapi.json')).body;
  const items = server.run.search('shampoo', 5);
  const users = readFileSync(join(await smokeRuns(), 'smoke/01-dataset/users.jsonl'), 'utf8').split('\n');
  known = {
    model: ['smoke'],
    user: users.slice(0, 3).map((user) => JSON.parse(user)),
    prompt: ['shampoo', `I bought ${items[0].title}`, '<a_1><b_2>', 'dry hands \u0000'],
    '': [...items.map(({ item_id }) => item_id), ...items.map(({ title }) => title)],
  };
});
test.after.always(() => server?.close());

test('whatever is sent to the routes of the OpenAPI document, no answer is a 5xx, and each has the form that is promised', async (t) => {
  const statuses = new Map<string, number>();
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      const random = createRandom(seed, 'fuzz', method, path);
      for (let at = 0; at < requests; at++) {
        const { address, init } = draw(path, method, operation, random);
        const reply = await ask(address, init);
        const described = `${method} ${address.slice(0, 200)} ${String(init.body).slice(0, 500)}`;
        t.true(reply.status < 500, `${reply.status} for ${described}: ${JSON.stringify(reply.body)}`);
        checkForm(t.true, operation, reply, described);
        const kind = `${path} ${reply.status < 400 ? 'fine' : 'refused'}`;
        statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
      }
    }
  t.log(Object.fromEntries(statuses));
  for (const path of ['/v1/recommendations', '/v1/chat/completions', '/v1/items', '/v1/explanations'])
    for (const kind of ['fine', 'refused'])
      t.true((statuses.get(`${path} ${kind}`) ?? 0) > requests / 20, `${path}: too few are ${kind}`);
  t.deepEqual(server.log, []);
});

function draw(path: string, method: string, { parameters = [], requestBody }: Operation, random: Random) {
  let address = path;
  // Mostly right requests go deepest, wild ones widest.
  const wildness = [0, 0.02, 0.15][random.integer(3)];
  const query = new URLSearchParams();
  for (const parameter of parameters) {
    const value = String(
      generateInput(
        parameter.schema,
        random,
        parameter.in === 'path' ? { '': known.model } : known,
        wildness,
      ),
    ).replace(/[\ud800-\udfff]/g, '?');
    if (parameter.in === 'path')
      address = address.replace(`{${parameter.name}}`, encodeURIComponent(value) || 'x');
    else if (random.float() < 0.95) query.append(parameter.name, value);
  }
  const schema = requestBody?.content['application/json'].schema;
  const body = schema ? JSON.stringify(generateInput(schema, random, known, wildness)) : null;
  // Bytes that are lost or doubled on the way.
  const broken = body && random.float() < 0.03 ? body.slice(0, random.integer(body.length)) : body;
  const init: RequestInit = {
    method: method.toUpperCase(),
    ...(broken === null ? {} : { body: broken, headers: { 'content-type': 'application/json' } }),
  };
  return { address: query.size > 0 ? `${address}?${query}` : address, init };
}

async function ask(address: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(server.url + address, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** Required fields are there, in the document's own words. */
function checkForm(
  isTrue: (value: boolean, message: string) => void,
  { responses }: Operation,
  { status, body, headers }: Reply,
  described: string,
): void {
  if (status >= 400) isTrue(typeof body.error?.message === 'string', described);
  if (status >= 400) return;
  if (!headers.get('content-type')?.includes('application/json')) return;
  const schema = responses[status]?.content?.['application/json']?.schema;
  const absent = (schema?.required ?? []).filter((name) => !(name in body));
  isTrue(absent.length === 0, `${described}: lacks ${absent.join(', ')}`);
}
