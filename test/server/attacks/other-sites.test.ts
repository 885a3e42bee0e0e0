import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { ownSmokeRuns } from '../../serving/smoke-run.ts';
import { rawRequest } from '../raw-request.ts';
import { type TestServer, withServer } from '../with-server.ts';

const reading = ['GET', 'HEAD', 'OPTIONS'];
const json = { 'content-type': 'application/json' };
// It runs until it is stopped.
const recipe = 'extends: smoke\nembedding: {behaviour: {epochs: 10000, patience: 0}}\n';

/** What a browser says about a page of another site, new browsers and old. */
const foreign: Record<string, Record<string, string>> = {
  'another site': { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' },
  'another port of this machine': { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' },
  'another site, in a browser that says only where from': { origin: 'https://evil.example' },
  'another port, in such a browser': { origin: 'http://127.0.0.1:1' },
  'a page that hides where it is from': { origin: 'null' },
  'an origin that is none': { origin: 'evil' },
  'a link without an origin': { 'sec-fetch-site': 'cross-site' },
};

/** What a form, or a script without permission, can send. */
const forms: Record<string, Record<string, string>> = {
  'a form of plain text': { 'content-type': 'text/plain' },
  'a form of plain text that looks like JSON': { 'content-type': 'text/plain; application/json' },
  'a form': { 'content-type': 'application/x-www-form-urlencoded' },
  'a form with files': { 'content-type': 'multipart/form-data; boundary=x' },
  'no type at all': {},
};

/** The status line of an answer; sent by hand, because fetch adds headers of its own. */
async function ask(
  server: TestServer,
  { method, path }: { method: string; path: string },
  headers: Record<string, string>,
  body = '{}',
): Promise<string> {
  const lines = Object.entries({ host: `127.0.0.1:${server.port}`, connection: 'close', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const address = path.replace(':name', 'smoke').replace(':model', 'smoke');
  return rawRequest(
    server.port,
    `${method} ${address} HTTP/1.1\r\n${lines}content-length: ${body.length}\r\n\r\n${body}`,
  );
}

test('no page of another site can make any route do anything, with whatever it may send', async (t) => {
  const server = await withServer(t, { allowRuns: true });
  const changing = server.routes.filter(({ method }) => !reading.includes(method));
  t.true(changing.some(({ path }) => path === '/page/runs/:name/stop'));
  t.true(changing.length >= 7);
  for (const route of changing) {
    for (const [name, headers] of Object.entries(foreign))
      t.regex(
        await ask(server, route, { ...json, ...headers }),
        /^HTTP\/1\.1 403 /,
        `${route.path}: ${name}`,
      );
    for (const [name, headers] of Object.entries(forms)) {
      const answer = await ask(server, route, headers);
      t.regex(answer, /^HTTP\/1\.1 415 /, `${route.path}: ${name}`);
      t.regex(answer, /send JSON, with the header 'content-type: application\/json'/);
      t.regex(await ask(server, route, headers, ''), /^HTTP\/1\.1 415 /, `${route.path}: ${name}, empty`);
    }
  }
  t.deepEqual(server.log, []);
});

test('a page of another site starts no run, and stops none; the own page and programs do', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const server = await withServer(t, { allowRuns: true, runsFolder });
  const start = (name: string, headers: Record<string, string>) =>
    ask(server, { method: 'POST', path: '/page/runs' }, headers, JSON.stringify({ name, text: recipe }));
  for (const headers of [
    ...Object.values(forms),
    ...Object.values(foreign).map((one) => ({ ...json, ...one })),
  ])
    t.regex(await start('theirs', headers), /^HTTP\/1\.1 4/);
  t.false(existsSync(join(runsFolder, 'theirs')));

  const own = `http://127.0.0.1:${server.port}`;
  t.regex(await start('mine', { ...json, origin: own, 'sec-fetch-site': 'same-origin' }), /^HTTP\/1\.1 201 /);
  const stop = { method: 'POST', path: '/page/runs/mine/stop' };
  t.regex(await ask(server, stop, { ...json, 'sec-fetch-site': 'cross-site' }), /^HTTP\/1\.1 403 /);
  t.regex(await ask(server, stop, { 'content-type': 'text/plain' }, '='), /^HTTP\/1\.1 415 /);
  t.is((await server.get('/page/runs/mine')).body.run.status, 'running');
  t.regex(await ask(server, stop, { ...json, origin: own }), /^HTTP\/1\.1 200 /);
  t.regex(await start('mine-2', json), /^HTTP\/1\.1 201 /);
});

test('whatever only reads changes nothing on the disk', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const server = await withServer(t, { allowRuns: true, runsFolder });
  const contents = () =>
    readdirSync(runsFolder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((path) => [path, statSync(join(runsFolder, path)).mtimeMs]);
  const before = contents();
  const record = readFileSync(join(runsFolder, 'smoke', 'run.json'), 'utf8');
  const queries = ['', '?query=shampoo', '?runs=smoke,smoke', '?digits=1'];
  for (const route of server.routes.filter(({ method }) => reading.includes(method)))
    for (const query of queries) {
      const answer = await ask(
        server,
        { ...route, path: `${route.path}${query}` },
        foreign['another site'],
        '',
      );
      t.notRegex(answer, /^HTTP\/1\.1 5/, route.path);
    }
  t.deepEqual(contents(), before);
  t.is(readFileSync(join(runsFolder, 'smoke', 'run.json'), 'utf8'), record);
});

test('no answer may be embedded by a page of another site, or taken for something else than it is', async (t) => {
  const server = await withServer(t);
  for (const path of ['/healthz', '/v1/models', '/page/runs', '/nowhere', '/']) {
    const { headers } = await server.get(path);
    t.is(headers.get('cross-origin-resource-policy'), 'same-origin', path);
    t.is(headers.get('x-content-type-options'), 'nosniff', path);
    t.is(headers.get('access-control-allow-origin'), null, path);
  }
});
