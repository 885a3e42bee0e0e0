import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '@huggingface/transformers';
import test from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { datasetStage } from '../../orchestrator/stages/01-dataset.ts';
import { embeddingStage } from '../../orchestrator/stages/02-embedding.ts';
import { itemIndexStage } from '../../orchestrator/stages/03-item-index.ts';
import { vocabularyStage } from '../../orchestrator/stages/04-vocabulary.ts';
import { trainingStage } from '../../orchestrator/stages/06-training.ts';
import { evaluationStage } from '../../orchestrator/stages/07-evaluation.ts';
import type { Stage } from '../../orchestrator/stages/define-stage.ts';
import { findStageKey } from '../../orchestrator/stages/stage-keys.ts';
import { tinyModel, writeModel } from '../models/model-folders.ts';
import { smallRecipe, withRecipes } from '../recipe/with-recipes.ts';
import { serveHub } from '../storage/hub-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { smallTokenizer } from '../vocabulary/fixtures.ts';

const asked = { report: silentReporter };

const keyOf = (
  stage: Stage,
  recipe: string,
  set: string[],
  access: Parameters<typeof findStageKey>[3] = asked,
) => findStageKey(stage, resolveRecipe(recipe, { set }).recipe, {}, access);

for (const [format, log, items] of [
  ['lc-rec', 'X.inter.json', 'X.item.json'],
  ['recbole', 'x.inter', 'x.item'],
  ['amazon-2018', 'Beauty_5.json', 'meta_Beauty.json'],
])
  test(`${format}: item texts that are found beside the log's file count`, async (t) => {
    const at = withRecipes(t, {
      'own.yaml': smallRecipe
        .replace('format: sequences', `format: ${format}`)
        .replace('path: data', `path: ${log}`),
      [log]: 'log',
    });
    const key = () => keyOf(datasetStage, at('own.yaml'), []);
    const keys = [await key()];
    writeFileSync(at(items), 'one');
    keys.push(await key());
    writeFileSync(at(items), 'two');
    keys.push(await key());
    t.is(new Set(keys).size, 3);
    writeFileSync(at('another-file'), 'of no interest');
    t.is(await key(), keys[2]);
  });

test('of a folder of data its own files count, and not what lies deeper or leads nowhere', async (t) => {
  const at = withRecipes(t, {
    'own.yaml': smallRecipe.replace('path: data', 'path: .'),
    'sequences.txt': 'u a b c',
  });
  const key = () => keyOf(datasetStage, at('own.yaml'), []);
  const before = await key();
  mkdirSync(at('runs/own'), { recursive: true });
  writeFileSync(at('runs/own/run.json'), 'a run');
  symlinkSync('runs', at('latest'));
  symlinkSync('nowhere', at('broken'));
  t.is(await key(), before);
  writeFileSync(at('items.jsonl'), '{}');
  t.not(await key(), before);
});

/** Two base models with one tokenizer, as folders `one` and `two`. */
async function twoBases(t: Parameters<typeof temporaryFolder>[0]): Promise<(name: string) => string> {
  const root = temporaryFolder(t);
  const tokenizer = await smallTokenizer(join(root, 'tokenizer'));
  for (const [at, name] of ['one', 'two'].entries()) {
    const folder = writeModel(join(root, name), tinyModel(), 1);
    const weights = join(folder, 'model.safetensors');
    const bytes = readFileSync(weights);
    bytes[bytes.length - 1] ^= at;
    writeFileSync(weights, bytes);
    cpSync(tokenizer, folder, { recursive: true });
  }
  return (name) => join(root, name);
}

test.serial(
  'a base model counts by what its folder holds, beside an explicit tokenizer as well',
  async (t) => {
    const base = await twoBases(t);
    const at = withRecipes(t, { 'own.yaml': smallRecipe });
    const set = (name: string) => [
      `model.base_model=${base(name)}`,
      `vocabulary.base_tokenizer=${base('tokenizer')}`,
    ];
    t.not(
      await keyOf(trainingStage, at('own.yaml'), set('one')),
      await keyOf(trainingStage, at('own.yaml'), set('two')),
    );
    t.is(
      await keyOf(vocabularyStage, at('own.yaml'), set('one')),
      await keyOf(vocabularyStage, at('own.yaml'), set('two')),
    );
    // Moved elsewhere, it is the same.
    cpSync(base('one'), base('moved'), { recursive: true });
    const encoder = 'embedding.semantic.encoder=base-model';
    for (const stage of [trainingStage, embeddingStage])
      t.is(
        await keyOf(stage, at('own.yaml'), [...set('one'), encoder]),
        await keyOf(stage, at('own.yaml'), [...set('moved'), encoder]),
      );
  },
);

test.serial(
  'a hub id counts by the files that it stands for, beside an explicit tokenizer as well',
  async (t) => {
    const base = await twoBases(t);
    const at = withRecipes(t, { 'own.yaml': smallRecipe });
    const set = ['model.base_model=owner/name', `vocabulary.base_tokenizer=${base('tokenizer')}`];
    const cacheDir = env.cacheDir;
    t.teardown(() => {
      env.cacheDir = cacheDir;
    });
    const keys: Record<string, (string | null)[]> = {};
    for (const version of ['one', 'two']) {
      // The owner has uploaded another model, and this machine has it from then.
      env.cacheDir = temporaryFolder(t);
      const files = readdirSync(base(version)).map((name) => [name, readFileSync(join(base(version), name))]);
      const hub = await serveHub(t, Object.fromEntries(files));
      t.is(
        await keyOf(trainingStage, at('own.yaml'), set, 'what is here'),
        null,
        'nothing is fetched unasked',
      );
      t.deepEqual(hub.requests, []);
      keys[version] = [
        await keyOf(trainingStage, at('own.yaml'), set),
        await keyOf(embeddingStage, at('own.yaml'), [...set, 'embedding.semantic.encoder=base-model']),
      ];
      await hub.close();
      t.is(
        await keyOf(trainingStage, at('own.yaml'), set, 'what is here'),
        keys[version][0],
        'without a network',
      );
    }
    for (const which of [0, 1]) {
      t.truthy(keys.one[which]);
      t.not(keys.one[which], keys.two[which]);
    }
  },
);

test.serial('a tokenizer of a hub counts by its files, and is fetched alone', async (t) => {
  const base = await twoBases(t);
  const at = withRecipes(t, { 'own.yaml': smallRecipe });
  const cacheDir = env.cacheDir;
  env.cacheDir = temporaryFolder(t);
  t.teardown(() => {
    env.cacheDir = cacheDir;
  });
  const files = readdirSync(base('one')).map((name) => [name, readFileSync(join(base('one'), name))]);
  const hub = await serveHub(t, Object.fromEntries(files));
  const first = await keyOf(vocabularyStage, at('own.yaml'), ['vocabulary.base_tokenizer=owner/name']);
  t.false(hub.requests.some((request) => request.includes('safetensors')));
  writeFileSync(join(env.cacheDir, 'owner/name/tokenizer.json'), '{}');
  t.not(await keyOf(vocabularyStage, at('own.yaml'), ['vocabulary.base_tokenizer=owner/name']), first);
});

test('templates and extensions count by content', async (t) => {
  const at = withRecipes(t, { 'own.yaml': smallRecipe });
  for (const name of ['one', 'two']) mkdirSync(at(name));
  for (const name of ['one', 'two']) writeFileSync(at(`${name}/frame.yaml`), 'frame');
  const key = (name: string) => keyOf(trainingStage, at('own.yaml'), [`prompts.templates=${at(name)}`]);
  t.is(await key('one'), await key('two'));
  writeFileSync(at('two/frame.yaml'), 'other');
  t.not(await key('one'), await key('two'));
  rmSync(at('two/frame.yaml'));
  await t.throwsAsync(key('two'), { code: 'runs/unreadable-input' });
});

test('where a file lies by an environment variable does not count, only what it holds', async (t) => {
  const at = withRecipes(t, {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a recipe's reference to the environment
    'own.yaml': smallRecipe.replace('path: data', 'path: ${OWN_DATA}'),
  });
  for (const name of ['one', 'two', 'three']) {
    mkdirSync(at(name));
    writeFileSync(at(`${name}/sequences.txt`), name === 'three' ? 'u a b' : 'u b a');
  }
  const key = (name: string) =>
    findStageKey(
      datasetStage,
      resolveRecipe(at('own.yaml'), { env: { OWN_DATA: at(name) } }).recipe,
      {},
      asked,
    );
  t.is(await key('one'), await key('two'));
  t.not(await key('one'), await key('three'));
});

for (const [stage, setting] of [
  [itemIndexStage, 'item_index.module=own.mjs'],
  [evaluationStage, 'evaluation.metrics=[own.mjs]'],
] as const)
  test(`${stage.name}: what a module of the user's says counts, with its helpers, and not where it lies`, async (t) => {
    const at = withRecipes(t, { 'own.yaml': smallRecipe });
    const key = (folder: string, helper: string) => {
      mkdirSync(at(folder), { recursive: true });
      writeFileSync(at(`${folder}/own.mjs`), "import './helper.mjs';");
      writeFileSync(at(`${folder}/helper.mjs`), helper);
      const set = [setting.replace('own.mjs', at(`${folder}/own.mjs`))];
      return keyOf(stage, at('own.yaml'), set);
    };
    const first = await key('one', '1');
    t.not(first, await keyOf(stage, at('own.yaml'), []));
    t.is(await key('two', '1'), first);
    t.not(await key('two', '2'), first);
  });
