import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
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

const pageGet = (query: Record<string, Schema> = {}): Record<string, Operation> => ({
  get: {
    parameters: [
      { name: 'name', in: 'path', schema: { type: 'string' } },
      ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema })),
    ],
    responses: {},
  },
});

/** What the page asks for, which the OpenAPI document leaves out. */
const pagePaths: Record<string, Record<string, Operation>> = {
  '/page/runs/{name}': pageGet(),
  '/page/runs/{name}/news': pageGet({ cursor: { type: 'string', maxLength: 4000 } }),
  '/page/runs/{name}/index': pageGet(),
  '/page/runs/{name}/branch': pageGet({
    digits: { enum: ['', '1', '1,2', ',,3', '1,,', '99,1', '4,4,4,4'] },
  }),
  '/page/runs/{name}/items': pageGet({ query: { type: 'string', minLength: 1, maxLength: 200 } }),
  '/page/comparison': pageGet({ runs: { enum: ['smoke', 'smoke,smoke', 'smoke,nowhere', 'smoke,'] } }),
  '/page/comparison/differences': pageGet({ runs: { enum: ['smoke', 'smoke,smoke', 'smoke,'] } }),
  '/page/recipes/check': {
    post: {
      requestBody: {
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: { text: { type: 'string', maxLength: 200_000 } },
              required: ['text'],
            },
          },
        },
      },
      responses: {},
    },
  },
};

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
    text: [
      'extends: smoke',
      'extends: smoke\nseed: -1',
      '{a: [',
      'dataset: {path: /etc}',
      '&a [*a, *a]',
      '\u0000',
    ],
    prompt: ['shampoo', `I bought ${items[0].title}`, '<a_1><b_2>', 'dry hands \u0000'],
    '': [...items.map(({ item_id }) => item_id), ...items.map(({ title }) => title)],
  };
});
test.after.always(() => server?.close());

test('whatever is sent to the routes of the OpenAPI document, no answer is a 5xx, and each has the form that is promised', async (t) => {
  const statuses = await fuzz(t, document.paths);
  for (const path of ['/v1/recommendations', '/v1/chat/completions', '/v1/items', '/v1/explanations'])
    for (const kind of ['fine', 'refused'])
      t.true((statuses.get(`${path} ${kind}`) ?? 0) > requests / 20, `${path}: too few are ${kind}`);
  t.deepEqual(server.log, []);
});

test('whatever is sent to the routes of the page, no answer is a 5xx', async (t) => {
  const statuses = await fuzz(t, pagePaths);
  for (const path of Object.keys(pagePaths))
    t.true((statuses.get(`${path} fine`) ?? 0) > requests / 20, `${path}: too few are fine`);
  t.deepEqual(server.log, []);
});

/** How many were fine and how many refused, by path. */
async function fuzz(
  t: ExecutionContext,
  paths: Record<string, Record<string, Operation>>,
): Promise<Map<string, number>> {
  const statuses = new Map<string, number>();
  for (const [path, operations] of Object.entries(paths))
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
  return statuses;
}

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
