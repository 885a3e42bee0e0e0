import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { packageRoot } from '../../../orchestrator/shared/package-root.ts';
import { ownSmokeRuns } from '../../serving/smoke-run.ts';
import { startServer, type TestServer } from '../with-server.ts';

let server: TestServer;
let runsFolder: string;
let people: string[];
const leftovers: (() => void)[] = [];
test.before(async () => {
  // A strange name is the name of a run, as long as it names no other folder: "constructor" is started here.
  runsFolder = await ownSmokeRuns({ teardown: (remove) => leftovers.push(remove) });
  server = await startServer({ allowRuns: true }, { runsFolder });
  const users = readFileSync(join(runsFolder, 'smoke/01-dataset/users.jsonl'), 'utf8').trim().split('\n');
  people = users.map((user) => JSON.parse(user));
});
test.after.always(async () => {
  await server?.close();
  for (const remove of leftovers) remove();
});

for (const user of [
  'nobody',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '0',
  '-1',
  ' ',
  '*',
  '%',
])
  test(`who asks for the user "${user}", who is none, learns of no other: 404`, async (t) => {
    const { status, body } = await server.post('/v1/recommendations', { user });
    t.is(status, 404);
    t.like(body.error, { type: 'not_found_error', code: 'serving/unknown-user' });
    t.false(people.some((known) => JSON.stringify(body).includes(known)));
  });

test('nothing that can be fetched, and no error, holds the id of a person', async (t) => {
  const texts = await Promise.all([...everything(), ...mistakes()]);
  t.true(texts.length > 25);
  for (const { from, text } of texts)
    t.deepEqual(
      people.filter((known) => text.includes(known)),
      [],
      from,
    );
});

test('no answer and no error says where on this machine things lie', async (t) => {
  const folders = [runsFolder, packageRoot, process.cwd()].map((path) => path.replace(/\/$/, ''));
  const texts = await Promise.all([...everything(), ...mistakes()]);
  for (const { from, text } of texts)
    t.deepEqual(
      folders.filter((folder) => folder.length > 1 && text.includes(folder)),
      [],
      `${from} ${text}`,
    );
});

/** Every route that can be fetched. */
function* everything(): Generator<Promise<{ from: string; text: string }>> {
  for (const { method, path } of server.routes)
    if (method === 'GET')
      for (const query of ['', '?query=shampoo', '?runs=smoke,smoke', '?digits=1']) {
        const address = path.replace(/:\w+/, 'smoke') + query;
        yield fetch(server.url + address).then(async (answer) => ({
          from: `GET ${address}`,
          text: await answer.text(),
        }));
      }
}

/** Requests with something wrong in them. */
function* mistakes(): Generator<Promise<{ from: string; text: string }>> {
  const text = (path: string, body: unknown) =>
    server.post(path, body).then((answer) => ({ from: `POST ${path}`, text: JSON.stringify(answer.body) }));
  const strange = ['', '..', '../../etc/passwd', '__proto__', 'constructor', '\u0000', 'x'.repeat(600)];
  for (const value of strange) {
    yield text('/v1/recommendations', { user: value });
    yield text('/v1/recommendations', { history: [value] });
    yield text('/v1/recommendations', { prompt: 'x', exclude: [value], model: value });
    yield text('/v1/chat/completions', { model: 'smoke', messages: [{ role: value }] });
    yield text('/v1/explanations', { item: value });
    yield text('/page/runs', { name: value, text: 'extends: smoke' });
    yield text('/page/runs', { name: 'mine', text: `extends: ${JSON.stringify(value)}` });
    yield text('/page/runs', {
      name: 'mine',
      text: `extends: smoke\ndataset: {path: ${JSON.stringify(value)}}`,
    });
    yield text(`/page/runs/${encodeURIComponent(value)}/stop`, {});
    yield text(`/page/runs/${encodeURIComponent(value)}/resume`, {});
    yield text('/page/recipes/check', { text: `dataset: {path: ${JSON.stringify(value)}}` });
  }
}
