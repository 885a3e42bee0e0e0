import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { initialWeights, saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { tinyConfig } from '../models/tiny-model.ts';
import { flipBit } from '../runs/flip-bit.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { eagerLlm } from './eager-llm.ts';

// What is broken shows only in a stage's process here, or in a run that was finished: the command has to end with 1,
// say where and what to do, and show no stack. Recipes that are broken themselves have tests of their own.

const recipe = `dataset: {format: sequences, path: data, k_core: 0}
embedding:
  behaviour: {hidden_size: 8, num_layers: 1, num_heads: 1, epochs: 1}
  semantic: {dimensions: 4}
vocabulary: {bpe_vocab_size: 300}
model: {hidden_size: 16, intermediate_size: 16, num_hidden_layers: 1, num_attention_heads: 2, num_key_value_heads: 1}
training: {stages: [{name: only, tuning: full, tasks: {sequential-recommendation: 1}}]}
decoding: {num_beams: 4}
evaluation: {cutoffs: [1, 4], bootstrap_samples: 10}
`;
const itemCount = 12;

/** A made-up log, the recipe above and its finished run, whose stages are reused as far as nothing is broken. */
const intact = realpathSync(mkdtempSync(join(tmpdir(), 'eager-intact-')));

test.before(async (t) => {
  mkdirSync(join(intact, 'data'));
  writeFileSync(join(intact, 'own.yaml'), recipe);
  const items = Array.from({ length: itemCount }, (_, item) => `i${item}`);
  const sequences = Array.from({ length: 20 }, (_, user) => {
    const events = Array.from({ length: 6 }, (_, at) => items[(user + at) % itemCount]);
    return [`u${user}`, ...events].join(' ');
  });
  writeFileSync(join(intact, 'data/sequences.txt'), sequences.join('\n'));
  const colours = ['red', 'green', 'blue'];
  const texts = items.map((item_id, at) =>
    JSON.stringify({ item_id, title: `${colours[at % 3]} thing ${item_id}` }),
  );
  writeFileSync(join(intact, 'data/items.jsonl'), texts.join('\n'));
  const made = await eagerLlm(['run', join(intact, 'own.yaml'), '--runs-dir', join(intact, 'runs')]);
  t.is(made.exitCode, 0, String(made.stderr));
});
test.after.always(() => rmSync(intact, { recursive: true, force: true }));

function withRun(t: ExecutionContext): string {
  const folder = temporaryFolder(t);
  cpSync(intact, folder, { recursive: true });
  return folder;
}

interface BrokenRun {
  /** Breaks something in the folder; gives what is to be set. */
  prepare: (folder: string) => string[];
  /** In what is printed: the place, then what is wrong. */
  says: RegExp;
}

const breaks = test.macro(async (t, { prepare, says }: BrokenRun) => {
  const folder = withRun(t);
  const set = prepare(folder).flatMap((setting) => ['--set', setting]);
  const args = ['run', join(folder, 'own.yaml'), ...set, '--runs-dir', join(folder, 'runs')];
  const { exitCode, stdout, stderr } = await eagerLlm(args);
  const said = String(stderr);
  t.is(exitCode, 1, said);
  t.is(stdout, '');
  t.regex(said, says);
  t.regex(said, /\n {2}→ \S/, 'a remedy');
  t.notRegex(said, /^\s+at /m, 'no stack');
  t.notRegex(said, /bug in eager-llm/);
});

test.serial('a log that is a folder of folders', breaks, {
  prepare: (folder) => {
    rmSync(join(folder, 'data/sequences.txt'));
    mkdirSync(join(folder, 'data/sequences.txt'));
    return [];
  },
  says: /data\/sequences\.txt/,
});

test.serial('an empty log', breaks, {
  prepare: (folder) => {
    writeFileSync(join(folder, 'data/sequences.txt'), '');
    return [];
  },
  says: /data/,
});

test.serial('item texts cut off in the middle of a line', breaks, {
  prepare: (folder) => {
    truncateSync(join(folder, 'data/items.jsonl'), 60);
    return [];
  },
  says: /items\.jsonl:2/,
});

test.serial('a filter that leaves no one', breaks, { prepare: () => ['dataset.k_core=99'], says: /k_core/ });

test.serial("another catalogue's index.json", breaks, {
  prepare: (folder) => {
    writeFileSync(
      join(folder, 'index.json'),
      JSON.stringify({ 0: ['<a_0>', '<b_0>'], 1: ['<a_0>', '<b_1>'] }),
    );
    return [`item_index.path=${join(folder, 'index.json')}`];
  },
  says: /index\.json: .*12/,
});

test.serial('an index.json that is no JSON', breaks, {
  prepare: (folder) => {
    writeFileSync(join(folder, 'index.json'), '{"0": ["<a_0>"');
    return [`item_index.path=${join(folder, 'index.json')}`];
  },
  says: /index\.json/,
});

test.serial('an empty folder as tokenizer', breaks, {
  prepare: (folder) => {
    mkdirSync(join(folder, 'tokenizer'));
    return [`vocabulary.base_tokenizer=${join(folder, 'tokenizer')}`];
  },
  says: /tokenizer/,
});

test.serial('a base model whose weights are cut off', breaks, {
  prepare: (folder) => {
    const base = withBase(folder);
    truncateSync(join(base, 'model.safetensors'), 900);
    return [`model.base_model=${base}`];
  },
  says: /base\/model\.safetensors/,
});

test.serial('a base model of another architecture', breaks, {
  prepare: (folder) => {
    const base = withBase(folder);
    writeFileSync(join(base, 'config.json'), JSON.stringify({ model_type: 'mamba', hidden_size: 8 }));
    return [`model.base_model=${base}`];
  },
  says: /base\/config\.json {2}model\.base_model: [\s\S]*mamba/,
});

test.serial('a folder of runs that cannot be made', breaks, {
  prepare: (folder) => {
    rmSync(join(folder, 'runs'), { recursive: true });
    writeFileSync(join(folder, 'runs'), 'a file where the folder should be');
    return [];
  },
  says: /runs/,
});

const damaged = test.macro(
  async (t, { damage, args, says }: { damage: (run: string) => void; args: string[]; says: RegExp }) => {
    const folder = withRun(t);
    const runs = join(folder, 'runs');
    damage(join(runs, 'own'));
    const { exitCode, stdout, stderr } = await eagerLlm([...args, '--runs-dir', runs]);
    t.is(exitCode, 1, String(stderr));
    t.is(stdout, '');
    t.regex(String(stderr), says);
    t.regex(String(stderr), /\n {2}→ \S/, 'a remedy');
    t.notRegex(String(stderr), /^\s+at /m, 'no stack');
  },
);
const recommend = ['recommend', 'own', '--user', 'u1', '--k', '2'];

test.serial('a model that was cut off after its run', damaged, {
  damage: (run) => truncateSync(join(run, '06-training/model/model.safetensors'), 500),
  args: recommend,
  says: /06-training\/model\/model\.safetensors/,
});

test.serial('a model that was swapped for one of other sizes', damaged, {
  damage: (run) => {
    const config = tinyConfig({});
    saveCheckpoint(join(run, '06-training/model'), llama(config), initialWeights(llama(config), 1));
  },
  args: recommend,
  says: /06-training\/model/,
});

test.serial('an index that was edited after its run', damaged, {
  damage: (run) => {
    const file = join(run, '03-item-index/index.json');
    const index = JSON.parse(readFileSync(file, 'utf8'));
    delete index[3];
    writeFileSync(file, JSON.stringify(index));
  },
  args: recommend,
  says: /03-item-index\/index\.json/,
});

test.serial("a vocabulary of another run's", damaged, {
  damage: (run) => {
    rmSync(join(run, '04-vocabulary/tokenizer.json'));
    cpSync(join(run, '04-vocabulary/base/tokenizer.json'), join(run, '04-vocabulary/tokenizer.json'));
  },
  args: recommend,
  says: /04-vocabulary/,
});

const flipped = (run: string) => flipBit(join(run, '06-training/model/model.safetensors'));

for (const args of [
  recommend,
  ['chat', 'own', '--json'],
  ['serve', 'own', '--port', '0'],
  ['export', 'own', '--to', 'hf'],
])
  test.serial(`one flipped bit in the weights: ${args[0]}`, damaged, {
    damage: flipped,
    args,
    says: /06-training\/model\/model\.safetensors: the stage 06-training is damaged/,
  });

test.serial('evaluate knows damaged weights', damaged, {
  damage: flipped,
  args: ['evaluate', 'own'],
  says: /the stage training model\/model\.safetensors holds other bytes/,
});

test.serial('doctor RUN reads every file and names each that was changed, with what to do', async (t) => {
  const folder = withRun(t);
  const runs = join(folder, 'runs');
  const run = join(runs, 'own');
  const doctor = () => eagerLlm(['doctor', 'own', '--runs-dir', runs]);
  const healthy = await doctor();
  t.is(healthy.exitCode, 0, String(healthy.stdout));
  t.regex(String(healthy.stdout), /✔ 06-training: \d+ files, .* as they were written/);
  flipped(run);
  truncateSync(join(run, '01-dataset/items.jsonl'), 10);
  rmSync(join(run, '07-evaluation/metrics.json'));
  writeFileSync(join(run, '03-item-index/index.json.orig'), '{}');
  writeFileSync(join(run, '05-prompts/manifest.json'), '{"schema_version": 1}');
  const { exitCode, stdout } = await doctor();
  t.is(exitCode, 1);
  for (const file of [
    '01-dataset/items.jsonl: has 10 bytes',
    '03-item-index/index.json.orig: is no file of this stage',
    '05-prompts/manifest.json: ',
    '06-training/model/model.safetensors: holds other bytes',
    '07-evaluation/metrics.json: is missing',
  ])
    t.true(String(stdout).includes(`✘ ${file}`), file);
  t.regex(String(stdout), /✔ 02-embedding: /);
  t.is(String(stdout).match(/→ npx eager-llm run .*recipe\.yaml --run own --runs-dir /g)?.length, 5);
});

test.serial(
  'an old model beside new codes answers nobody, and the command that is named mends it',
  async (t) => {
    const folder = withRun(t);
    const runs = join(folder, 'runs');
    // What cannot answer is changed in place.
    rmSync(join(runs, 'own/01-dataset'), { recursive: true });
    const again = await eagerLlm([
      ...['run', join(folder, 'own.yaml'), '--set', 'seed=2', '--until', 'item-index', '--runs-dir', runs],
    ]);
    t.is(again.exitCode, 0, String(again.stderr));
    for (const args of [
      recommend,
      ['chat', 'own', '--json'],
      ['serve', 'own', '--port', '0'],
      ['evaluate', 'own'],
      ['export', 'own', '--to', 'peft'],
    ]) {
      const { exitCode, stdout, stderr } = await eagerLlm([...args, '--runs-dir', runs]);
      t.is(exitCode, 1, `${args[0]}: ${stdout}`);
      t.is(stdout, '');
      t.regex(String(stderr), /\n {2}→ npx eager-llm run .*recipe\.yaml --run own --runs-dir /, args[0]);
    }
    const shown = await eagerLlm(['runs', 'show', 'own', '--runs-dir', runs]);
    t.regex(String(shown.stdout), /03-item-index +done[\s\S]*06-training +stale/);
    t.regex(String(shown.stdout), /06-training is stale: it was made from another dataset, /);
    const mended = await eagerLlm(['run', join(runs, 'own/recipe.yaml'), '--run', 'own', '--runs-dir', runs]);
    t.is(mended.exitCode, 0, String(mended.stderr));
    t.is((await eagerLlm([...recommend, '--runs-dir', runs])).exitCode, 0);
  },
);

test.serial('new codes beside an old model are a version under way, and the old model answers', async (t) => {
  const folder = withRun(t);
  const runs = ['--runs-dir', join(folder, 'runs')];
  const half = ['run', join(folder, 'own.yaml'), '--set', 'seed=2', '--until', 'item-index'];
  const again = await eagerLlm([...half, ...runs]);
  t.regex(String(again.stderr), /This is version 2 of own; until it is finished, version 1 answers/);
  t.is((await eagerLlm([...recommend, ...runs])).exitCode, 0);
  const shown = await eagerLlm(['runs', 'show', 'own', ...runs]);
  t.regex(String(shown.stdout), /version 2 is under way[\s\S]*06-training +done/);
});

test.serial('a recipe of a run that was changed by hand is taken up by a run alone', damaged, {
  damage: (run) => {
    const file = join(run, 'recipe.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('layout: user', 'layout: prefix'));
  },
  args: recommend,
  says: /own\/recipe\.yaml: was changed after the run was made/,
});

function withBase(folder: string): string {
  const base = join(folder, 'base');
  cpSync(join(folder, 'runs/own/04-vocabulary/base'), base, { recursive: true });
  const config = tinyConfig({ vocab_size: 300 });
  saveCheckpoint(base, llama(config), initialWeights(llama(config), 1));
  return base;
}
