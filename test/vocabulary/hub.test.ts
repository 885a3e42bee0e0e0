import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { env } from '@huggingface/transformers';
import test from 'ava';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import { loadBaseTokenizer } from '../../orchestrator/vocabulary/load-base-tokenizer.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { smallTokenizer } from './fixtures.ts';

// The real download code runs; only the host is a server of this test.
test.serial('a hub id is downloaded and gives what its folder gives', async (t) => {
  const folder = await smallTokenizer(join(temporaryFolder(t), 'base'));
  const server = createServer((request, response) => {
    const path = join(folder, basename(request.url ?? ''));
    if (!request.url?.startsWith('/owner/name/resolve/main/') || !existsSync(path))
      response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(readFileSync(path));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.teardown(() => server.close());
  env.remoteHost = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const cacheFolder = temporaryFolder(t);
  const fromHub = await loadBaseTokenizer('owner/name', { cacheFolder });
  const fromFolder = await loadBaseTokenizer(folder);
  t.deepEqual(fromHub, { ...fromFolder, folder: join(cacheFolder, 'owner', 'name') });

  const error = await t.throwsAsync<UserError>(loadBaseTokenizer('owner/absent', { cacheFolder }), {
    name: 'UserError',
  });
  t.is(error.code, 'tokenizer/hub');
});

test.serial('a hub that cannot be reached is a clear error', async (t) => {
  env.remoteHost = 'http://127.0.0.1:1/';
  const error = await t.throwsAsync<UserError>(
    loadBaseTokenizer('owner/unreachable', { cacheFolder: temporaryFolder(t) }),
    { name: 'UserError' },
  );
  t.is(error.code, 'hub/unreachable');
  t.is(error.place, 'owner/unreachable');
  t.regex(error.message, /tokenizer\.json cannot be downloaded from the hub: /);
  t.regex(error.remedy ?? '', /give its folder/);
});
