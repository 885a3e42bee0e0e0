import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openBaseModel } from '../../orchestrator/models/base-model.ts';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import { serveHub } from '../storage/hub-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyModel, writeModel } from './model-folders.ts';

const tokenizer = {
  'tokenizer.json': Buffer.from('{"model":{"vocab":{"a":0}},"added_tokens":[]}'),
  'tokenizer_config.json': Buffer.from('{}'),
};

function filesOf(folder: string): Record<string, Buffer> {
  return {
    ...Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))])),
    ...tokenizer,
  };
}

for (const shards of [1, 3])
  test.serial(
    `a base model of ${shards} file(s) is opened by its hub id, then without a network`,
    async (t) => {
      const server = await serveHub(t, filesOf(writeModel(temporaryFolder(t), tinyModel(), shards)));
      const cacheFolder = temporaryFolder(t);
      const first = await openBaseModel('owner/name', { cacheFolder });
      first.weights.close();
      t.is(first.folder, join(cacheFolder, 'owner', 'name'));
      await server.close();
      const { definition, weights } = await openBaseModel('owner/name', { cacheFolder });
      t.is(definition.hiddenSize, 16);
      t.deepEqual(weights.read('model.norm.weight', [16]), new Float32Array(16).fill(1));
      weights.close();
    },
  );

test.serial('a model of another architecture is refused before its weights are downloaded', async (t) => {
  const server = await serveHub(t, { 'config.json': Buffer.from('{"model_type":"gpt2"}') });
  const error = await t.throwsAsync<UserError>(
    openBaseModel('owner/name', { cacheFolder: temporaryFolder(t) }),
    { name: 'UserError' },
  );
  t.is(error.code, 'model/unknown-type');
  t.is(server.requests.length, 1);
});

test.serial('a hub model without safetensors, and one that is not there, are clear errors', async (t) => {
  const { 'model.safetensors': _weights, ...files } = filesOf(writeModel(temporaryFolder(t), tinyModel()));
  await serveHub(t, files);
  const pickled = await t.throwsAsync<UserError>(
    openBaseModel('owner/name', { cacheFolder: temporaryFolder(t) }),
    { name: 'UserError' },
  );
  t.is(pickled.code, 'model/not-on-hub');
  t.regex(pickled.message, /no model\.safetensors or model\.safetensors\.index\.json/);
  const absent = await t.throwsAsync<UserError>(
    openBaseModel('owner/absent', { cacheFolder: temporaryFolder(t) }),
    { name: 'UserError' },
  );
  t.regex(absent.message, /no config\.json/);
});
