import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AutoModelForCausalLM, AutoTokenizer, Tensor } from '@huggingface/transformers';
import test from 'ava';
import { execa } from 'execa';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { mergedWeights } from '../../orchestrator/models/adapter.ts';
import { openCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import { loadAdapter } from '../../orchestrator/models/load-adapter.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { hashFile, hashText } from '../../orchestrator/storage/hash.ts';
import { packageFolder, smokeRecipe } from '../whole/eager-llm.ts';
import { greedyAnswers, makeTinyRun, type TinyRun } from './tiny-run.ts';

/** What RTP-LLM takes as a `tree_decode_config`: token ids are 32-bit integers, and nothing else is read. */
const tokenId = z.int().min(0).max(2_147_483_647);
const treeSchema = z.strictObject({
  start_token_id: tokenId,
  end_token_id: tokenId,
  sep: z.string().min(1),
  prefix_dict: z.record(z.string().regex(/^\d+(_\d+)*$/), z.array(tokenId).min(1)),
});

const maxTokens = 12;
let run: TinyRun;
let answers: Awaited<ReturnType<typeof greedyAnswers>>;

test.before('a tiny run is made', async (t) => {
  t.timeout(600_000);
  run = await makeTinyRun();
  answers = await greedyAnswers(run, maxTokens);
});
test.after.always(() => run?.remove());

const exported = (name: string) => join(run.folder, 'exports', name);
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));
const withoutEnd = (ids: number[], end: number) => (ids.at(-1) === end ? ids.slice(0, -1) : ids);

test.serial(
  'onnx: @huggingface/transformers loads it and writes the tokens that our decoder writes',
  async (t) => {
    const { exitCode, stderr, stdout } = await run.cli(
      'export',
      'tiny',
      '--to',
      'onnx',
      '--out',
      exported('onnx'),
    );
    t.is(exitCode, 0, String(stderr));
    t.regex(String(stdout), /onnx\/model\.onnx[\s\S]*The export is in /);
    const model = await AutoModelForCausalLM.from_pretrained(exported('onnx'), { local_files_only: true });
    const { eos_token_id } = json(exported('onnx'), 'generation_config.json');
    for (const { prompt, answer } of answers) {
      const row = (values: bigint[]) => new Tensor('int64', BigInt64Array.from(values), [1, values.length]);
      const written = await model.generate({
        input_ids: row(prompt.map(BigInt)),
        attention_mask: row(prompt.map(() => 1n)),
        max_new_tokens: maxTokens,
      } as never);
      const [ids] = (written as Tensor).tolist() as bigint[][];
      t.deepEqual(withoutEnd(ids.slice(prompt.length).map(Number), eos_token_id), answer);
    }
    t.true(
      answers.some(({ answer }) => answer.length > 2),
      'answers of several tokens are compared',
    );
  },
);

test.serial('onnx: @xenova/transformers on a runtime of 2023 writes the same tokens', async (t) => {
  const script = fileURLToPath(new URL('older-transformers.mjs', import.meta.url));
  const prompts = JSON.stringify(answers.map(({ prompt }) => prompt));
  const { stdout } = await execa(process.execPath, [script, exported('onnx'), String(maxTokens), prompts]);
  const { eos_token_id } = json(exported('onnx'), 'generation_config.json');
  t.deepEqual(
    (JSON.parse(stdout) as number[][]).map((ids) => withoutEnd(ids, eos_token_id)),
    answers.map(({ answer }) => answer),
  );
});

test.serial('onnx: the code of the model card finds the item that recommend puts first', async (t) => {
  const card = readFileSync(join(exported('onnx'), 'README.md'), 'utf8');
  const [, code] = /```js\n([\s\S]*?)```/.exec(card)!;
  const { stdout } = await execa(
    process.execPath,
    ['--input-type=module', '-e', code, 'card.js', exported('onnx')],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
    },
  );
  const [found] = JSON.parse(stdout);
  const codes = json(exported('onnx'), 'codes.json').codes as {
    code: string;
    items: { item_id: string }[];
  }[];
  const [, prompt] = /tokenizer\.encode\("(.*?)"\)/.exec(card)!;
  const history = prompt
    .match(/(<[a-z]_\d+>){4}/g)!
    .map((code) => codes.find((each) => each.code === code)!.items[0].item_id);
  t.is(history.length, 3);
  // One beam, as transformers.js has.
  const recipe = join(run.runsFolder, 'tiny', 'recipe.yaml');
  const before = readFileSync(recipe, 'utf8');
  writeRecipe(before.replace(/num_beams: \d+/, 'num_beams: 1'));
  const ours = await run.cli('recommend', 'tiny', '--k', '1', '--json', '--history', ...history);
  writeRecipe(before);
  t.is(found.item_id, JSON.parse(String(ours.stdout)).items[0].item_id, String(ours.stderr));
});

test.serial("hf: the model's folder with the run's own special tokens, codes, card and hashes", async (t) => {
  const { exitCode, stdout } = await run.cli(
    'export',
    'tiny',
    '--to',
    'hf',
    '--json',
    '--out',
    exported('hf'),
  );
  t.is(exitCode, 0);
  const { files } = JSON.parse(String(stdout));
  t.deepEqual(files, json(exported('hf'), 'export.json').files);
  for (const { path, sha256 } of files) t.is(await hashFile(join(exported('hf'), path)), sha256);
  const own = json(run.runsFolder, 'tiny/06-training/model/vocabulary.json');
  for (const name of ['bos_token_id', 'eos_token_id', 'pad_token_id'])
    for (const file of ['config.json', 'generation_config.json', 'codes.json'])
      t.is(json(exported('hf'), file)[name], own[name], `${name} in ${file}`);
  const model = join(run.runsFolder, 'tiny/06-training/model/model.safetensors');
  t.is(await hashFile(join(exported('hf'), 'model.safetensors')), await hashFile(model));
});

test.serial('codes.json names the tokens and items of every code', async (t) => {
  const { levels, codes } = json(exported('hf'), 'codes.json');
  const tokenizer = await AutoTokenizer.from_pretrained(exported('hf'), { local_files_only: true });
  const index = json(run.runsFolder, 'tiny/03-item-index/index.json');
  const items = readFileSync(join(run.runsFolder, 'tiny/01-dataset/items.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.is(codes.length, items.length);
  for (const { code, token_ids, items: own } of codes) {
    t.is(token_ids.length, levels);
    t.deepEqual(tokenizer.encode(code, { add_special_tokens: false }), token_ids);
    const number = items.findIndex(({ item_id }) => item_id === own[0].item_id);
    t.is(index[number].join(''), code);
    t.is(own[0].title, items[number].title);
  }
});

test.serial('rtp-llm: the tree of its documentation leads to every code, and to nothing else', async (t) => {
  const to = ['--to', 'rtp-llm', '--out', exported('rtp-llm')];
  const { exitCode, stderr } = await run.cli('export', 'tiny', ...to);
  t.is(exitCode, 0, String(stderr));
  const tree = treeSchema.parse(json(exported('rtp-llm'), 'tree_decode.json'));
  const { codes, eos_token_id } = json(exported('rtp-llm'), 'codes.json');
  t.is(tree.end_token_id, eos_token_id);
  const walk = (status: string, written: number[]): string[] =>
    tree.prefix_dict[status].flatMap((token) =>
      token === tree.end_token_id
        ? [written.join()]
        : walk(`${status}${tree.sep}${token}`, [...written, token]),
    );
  const expected: string[] = codes.map(({ token_ids }: { token_ids: number[] }) => token_ids.join());
  t.deepEqual(walk(String(tree.start_token_id), []).sort(), expected.sort());
  t.regex(readFileSync(join(exported('rtp-llm'), 'README.md'), 'utf8'), /\*\*This was not run\*\*/);
});

test.serial('the model card says how it was made and measured, and names no folder of this machine', (t) => {
  for (const form of ['hf', 'onnx', 'rtp-llm']) {
    const card = readFileSync(join(exported(form), 'README.md'), 'utf8');
    for (const heading of ['How to load it', 'The codes', 'Figures', 'Data', 'How it was made', 'Limits'])
      t.regex(card, new RegExp(`^## ${heading}$`, 'm'));
    t.regex(card, /\| eager-llm \| 0\.\d{4} \(\.\d{4}–\.\d{4}\)/);
    t.regex(card, /163 users, 159 items[\s\S]*the last item is the test target/);
    t.regex(card, /^ {2}path: …\/beauty-small$/m);
    t.notRegex(card, /Made by eager-llm from/);
    for (const file of readdirSync(exported(form)).filter((name) => /\.(json|md|jinja)$/.test(name)))
      for (const own of [run.folder, packageFolder, homedir()])
        t.false(readFileSync(join(exported(form), file), 'utf8').includes(own), `${own} in ${form}/${file}`);
    t.notRegex(card, /[: "'](\/home|\/tmp|\/root|\/work|[A-Z]:\\)/);
  }
});

test.serial('peft: adapter and base together are the merged model', async (t) => {
  const { exitCode, stderr } = await run.cli('export', 'tiny', '--to', 'peft', '--out', exported('peft'));
  t.is(exitCode, 0, String(stderr));
  t.is(json(exported('peft'), 'adapter_config.json').base_model_name_or_path, 'base');
  const base = join(exported('peft'), 'base');
  const definition = readModel(base);
  const weights = openCheckpoint(base);
  const whole = openCheckpoint(exported('hf'));
  const { model, options } = loadAdapter(exported('peft'), definition, weights);
  const merged = mergedWeights(weights, definition, model.store, options);
  let changed = 0;
  for (const { name, shape } of definition.tensors) {
    t.deepEqual(merged.read(name, shape), whole.read(name, shape), name);
    if (Buffer.compare(bytes(merged.read(name, shape)), bytes(weights.read(name, shape))) !== 0) changed++;
  }
  t.is(
    changed,
    1 + 7 * Number(definition.config.num_hidden_layers),
    'all projections, and rows of the token table',
  );
  weights.close();
  whole.close();
});

test.serial(
  'an export is a base that can be gone on from: its code tokens keep what they have learned',
  async (t) => {
    const sets = ['--set', 'embedding.behaviour.epochs=1', '--set', `model.base_model=${exported('hf')}`];
    const { exitCode, stderr } = await run.cli(
      'run',
      smokeRecipe,
      '--run',
      'next',
      '--until',
      'vocabulary',
      ...sets,
    );
    t.is(exitCode, 0, String(stderr));
    const [first, next] = ['tiny', 'next'].map((name) =>
      json(run.runsFolder, name, '04-vocabulary/vocabulary.json'),
    );
    t.deepEqual([next.base_size, next.size], [first.base_size, first.size]);
    t.deepEqual(
      next.trained_rows,
      Array.from({ length: next.size - next.base_size }, (_, at) => next.base_size + at),
    );
  },
);

test.serial('an export that is there stays as it is, unless it is to be replaced', async (t) => {
  const again = await run.cli('export', 'tiny', '--to', 'peft', '--out', exported('hf'));
  t.is(again.exitCode, 1);
  t.regex(String(again.stderr), /already exists[\s\S]*--force/);
  t.true(existsSync(join(exported('hf'), 'model.safetensors')));
  const forced = await run.cli('export', 'tiny', '--to', 'peft', '--out', exported('hf'), '--force');
  t.is(forced.exitCode, 0);
  t.false(existsSync(join(exported('hf'), 'model.safetensors')));
  const foreign = await run.cli('export', 'tiny', '--to', 'hf', '--out', run.folder, '--force');
  t.is(foreign.exitCode, 1);
  t.regex(String(foreign.stderr), /holds something else \(exports, runs\)/);
  t.true(existsSync(join(run.runsFolder, 'tiny', 'recipe.yaml')));
});

test.serial('a kill at any moment leaves no half folder, and the next export clears up', async (t) => {
  const target = exported('killed');
  const running = run.cli('export', 'tiny', '--to', 'onnx', '--out', target);
  const begun = async () => {
    while (!readdirSync(exported('')).some((name) => /^killed\.\d+\.tmp$/.test(name)))
      await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await Promise.race([begun(), running]);
  running.kill('SIGKILL');
  await running;
  t.true(!existsSync(target) || existsSync(join(target, 'export.json')));
  const { exitCode } = await run.cli('export', 'tiny', '--to', 'onnx', '--out', target, '--force');
  t.is(exitCode, 0);
  t.deepEqual(
    readdirSync(exported('')).filter((name) => name.startsWith('killed')),
    ['killed'],
  );
});

test.serial('without --out it goes into the folder of the run', async (t) => {
  const { exitCode } = await run.cli('export', 'tiny', '--to', 'hf');
  t.is(exitCode, 0);
  t.true(existsSync(join(run.runsFolder, 'tiny', 'exports', 'hf', 'export.json')));
});

test.serial('what cannot be exported is a clear error, before anything is written', async (t) => {
  const refused = async (...args: string[]) => {
    const { exitCode, stderr } = await run.cli('export', ...args);
    t.is(exitCode, 1, args.join(' '));
    t.notRegex(String(stderr), /^\s+at /m);
    return String(stderr);
  };
  t.regex(await refused('absent', '--to', 'hf'), /there is no run "absent"/);
  t.regex(await refused('../tiny', '--to', 'hf'), /cannot be the name of a run/);
  t.regex(await refused('tiny', '--to', 'gguf'), /hf.*peft.*onnx/s);
  const file = join(run.folder, 'file');
  writeFileSync(file, '');
  t.regex(await refused('tiny', '--to', 'hf', '--out', file), /is not a readable folder/);
  mkdirSync(join(run.runsFolder, 'begun'));
  const recipe = join(run.runsFolder, 'tiny', 'recipe.yaml');
  const before = readFileSync(recipe, 'utf8');
  writeFileSync(join(run.runsFolder, 'begun', 'recipe.yaml'), before);
  t.regex(await refused('begun', '--to', 'hf'), /is not finished/);
  const settings = parse(before);
  settings.training.stages.pop();
  writeRecipe(stringify(settings));
  t.regex(await refused('tiny', '--to', 'peft'), /ends with full tuning \("alignment"\)[\s\S]*--to hf/);
  writeRecipe(before);
});

/** The recipe of the tiny run, as if it had been made by this one: a change by hand is refused. */
function writeRecipe(text: string): void {
  const folder = join(run.runsFolder, 'tiny');
  writeFileSync(join(folder, 'recipe.yaml'), text);
  const record = { ...json(folder, 'run.json'), recipe_sha256: hashText(text) };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
}

function bytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
