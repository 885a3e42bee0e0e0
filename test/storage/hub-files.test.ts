import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '@huggingface/transformers';
import test from 'ava';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import type { ReportMessage } from '../../orchestrator/shared/reporter.ts';
import { isHubId, openHub } from '../../orchestrator/storage/hub-files.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { serveHub } from './hub-server.ts';

const large = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, at) => (at * 31) >> 3));

// One after the other: the host of the hub is a setting of the whole library.
test.serial('a file is downloaded whole, with progress, and not asked for again', async (t) => {
  const server = await serveHub(t, { 'model.safetensors': large });
  const cacheFolder = temporaryFolder(t);
  const messages: ReportMessage[] = [];
  const hub = await openHub('owner/name', { cacheFolder, report: (message) => messages.push(message) });
  t.is(hub.folder, join(cacheFolder, 'owner', 'name'));
  t.true(await hub.fetch('model.safetensors'));
  t.true(await hub.fetch('model.safetensors'));
  t.true(readFileSync(join(hub.folder, 'model.safetensors')).equals(large));
  t.deepEqual(server.requests, ['/owner/name/resolve/main/model.safetensors']);
  t.deepEqual(readdirSync(hub.folder), ['model.safetensors']);
  t.deepEqual(messages.at(-1), {
    type: 'progress',
    label: 'owner/name model.safetensors',
    done: large.length,
    total: large.length,
  });
});

test.serial('a file that the hub lacks is remembered as such', async (t) => {
  const server = await serveHub(t, {});
  const hub = await openHub('owner/name', { cacheFolder: temporaryFolder(t) });
  t.false(await hub.fetch('chat_template.jinja'));
  t.false(await hub.fetch('chat_template.jinja'));
  t.is(server.requests.length, 1);
});

test.serial('another revision is kept in a folder of its own', async (t) => {
  const server = await serveHub(t, {});
  const cacheFolder = temporaryFolder(t);
  const hub = await openHub('owner/name', { cacheFolder, revision: 'v1/a' });
  await hub.fetch('config.json');
  t.deepEqual(server.requests, ['/owner/name/resolve/v1%2Fa/config.json']);
  t.is(hub.folder, join(cacheFolder, 'owner', 'name', 'v1/a'));
});

test.serial('a download that breaks off goes on where it stopped', async (t) => {
  const server = await serveHub(t, { 'model.safetensors': large });
  server.misbehave.set('model.safetensors', { cutAfter: 1_000_000 });
  const hub = await openHub('owner/name', { cacheFolder: temporaryFolder(t) });
  t.true(await hub.fetch('model.safetensors'));
  t.true(readFileSync(join(hub.folder, 'model.safetensors')).equals(large));
  t.is(server.requests.length, 2);
  t.regex(server.requests[1], /bytes=\d+-$/);
});

test.serial(
  'what a process that is gone has downloaded is taken over, unless the file has changed',
  async (t) => {
    const cacheFolder = temporaryFolder(t);
    const folder = join(cacheFolder, 'owner', 'name');
    const server = await serveHub(t, { 'model.safetensors': large });
    const hub = await openHub('owner/name', { cacheFolder });
    const gone = 2 ** 22 + 1;
    mkdirSync(folder, { recursive: true });
    // A part of another version of the file: its bytes must not be used.
    writeFileSync(join(folder, `model.safetensors.0123456789abcdef.${gone}.part`), Buffer.alloc(1000));
    t.true(await hub.fetch('model.safetensors'));
    t.true(readFileSync(join(folder, 'model.safetensors')).equals(large));
    t.deepEqual(readdirSync(folder), ['model.safetensors']);
    t.is(server.requests[0], '/owner/name/resolve/main/model.safetensors bytes=1000-');
  },
);

test.serial('an answer that fails for a moment is asked for again', async (t) => {
  const server = await serveHub(t, { 'config.json': Buffer.from('{}') });
  server.misbehave.set('config.json', { status: 503 });
  const hub = await openHub('owner/name', { cacheFolder: temporaryFolder(t) });
  t.true(await hub.fetch('config.json'));
  t.is(server.requests.length, 2);
});

test.serial('a model behind a licence is a clear error, and is asked for once', async (t) => {
  const server = await serveHub(t, {});
  server.misbehave.set('config.json', { status: 401 });
  const hub = await openHub('owner/name', { cacheFolder: temporaryFolder(t) });
  const error = await t.throwsAsync<UserError>(hub.fetch('config.json'), { name: 'UserError' });
  t.is(error.code, 'hub/no-access');
  t.is(error.place, 'owner/name');
  t.regex(error.remedy ?? '', /HF_TOKEN/);
  t.is(server.requests.length, 1);
});

test.serial('a hub that cannot be reached is a clear error, and leaves no file', async (t) => {
  const cacheFolder = temporaryFolder(t);
  env.remoteHost = 'http://127.0.0.1:1/';
  const hub = await openHub('owner/name', { cacheFolder });
  const error = await t.throwsAsync<UserError>(hub.fetch('config.json'), { name: 'UserError' });
  t.is(error.code, 'hub/unreachable');
  t.is(error.place, 'owner/name');
  t.regex(error.message, /config\.json cannot be downloaded from the hub: .*\(.+\)/);
  t.regex(error.remedy ?? '', /give its folder/);
  t.false(existsSync(join(hub.folder, 'config.json')));
});

test.serial('a download stops when it is told to', async (t) => {
  await serveHub(t, { 'model.safetensors': large });
  const stop = new AbortController();
  const hub = await openHub('owner/name', {
    cacheFolder: temporaryFolder(t),
    signal: stop.signal,
    report: () => stop.abort(),
  });
  // A DOMException, which is no Error to ava.
  const error = await t.throwsAsync(hub.fetch('model.safetensors'), { any: true });
  t.is((error as { name?: string }).name, 'AbortError');
  t.false(existsSync(join(hub.folder, 'model.safetensors')));
});

test('ids of the hub are told from paths', (t) => {
  for (const id of ['owner/name', 'gpt2', 'HuggingFaceTB/SmolLM2-135M', 'a/b_c.d']) t.true(isHubId(id), id);
  for (const path of ['', './a', '../a', '/a/b', 'a/b/c', '~/a', 'a/..b', 'a\\b', 'a b'])
    t.false(isHubId(path), path);
});
