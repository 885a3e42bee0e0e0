import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { execa } from 'execa';
import { smallRecipe, withRecipes } from '../recipe/with-recipes.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { door } from '../whole/eager-llm.ts';

const eagerLlm = (...args: string[]) => execa(process.execPath, [...door, ...args], { reject: false });

const everyday = ['run', 'validate', 'recommend', 'chat', 'serve', 'evaluate', 'export', 'schema', 'doctor'];
const ofRuns = ['runs', 'runs ls', 'runs show', 'runs compare'];
const ofCatalogue = ['catalogue', 'catalogue delist', 'catalogue relist', 'catalogue status'];
const forPytorch = ['setup', 'job', 'adopt'];
for (const command of [...everyday, ...ofRuns, ...ofCatalogue, ...forPytorch])
  test.serial(`the help of ${command} ends with two examples`, async (t) => {
    const { stdout, exitCode } = await eagerLlm(...command.split(' '), '--help');
    t.is(exitCode, 0);
    const examples = stdout.slice(stdout.indexOf('Examples:'));
    t.is(examples.match(/^ {2}eager-llm /gm)?.length, 2);
  });

test.serial('validate prints the whole recipe, or all problems and exit code 1', async (t) => {
  const at = withRecipes(t, {
    'own.yaml': smallRecipe,
    'data/sequences.txt': 'u a b c\n',
    'empty/items.jsonl': '',
  });
  const good = await eagerLlm('validate', at('own.yaml'), '--set', 'seed=3');
  t.is(good.exitCode, 0);
  t.regex(good.stdout, /^seed: 3$/m);
  const bad = await eagerLlm('validate', at('own.yaml'), '--set', 'sed=3', '--set', 'decoding.num_beams=1');
  t.is(bad.exitCode, 1);
  t.is(bad.stdout, '');
  t.regex(bad.stderr, /2 problems[\s\S]*Did you mean "seed"\?[\s\S]*1 beams cannot fill a list of 10/);
  t.notRegex(bad.stderr, /^\s+at /m);
  mkdirSync(at('base'));
  writeFileSync(at('base/config.json'), '{"model_type": "mamba"}');
  writeFileSync(at('templates.yaml'), '');
  const files = [
    '--set',
    `model.base_model=${at('base')}`,
    '--set',
    `vocabulary.extension=${at('templates.yaml')}`,
  ];
  const broken = await eagerLlm('validate', at('own.yaml'), ...files);
  t.is(broken.exitCode, 1);
  t.regex(String(broken.stderr), /model\.base_model: [\s\S]*mamba/, 'before an hour of work, not after it');
  t.regex(String(broken.stderr), /vocabulary\.extension: /);
  const noData = await eagerLlm('validate', at('own.yaml'), '--set', `dataset.path=${at('empty')}`);
  t.is(noData.exitCode, 1);
  t.regex(String(noData.stderr), /sequences\.txt {2}dataset: .*nothing is there/);
  const json = await eagerLlm('validate', at('own.yaml'), '--set', 'sed=3', '--json');
  t.is(json.exitCode, 1);
  t.like(JSON.parse(json.stdout), { valid: false, problems: { 0: { path: 'sed' } }, recipe: null });
});

test.serial('the version is our own, from wherever it is asked', async (t) => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const { stdout, exitCode } = await execa(process.execPath, [...door, '--version'], {
    cwd: temporaryFolder(t),
  });
  t.deepEqual([stdout, exitCode], [version, 0]);
});

test.serial('schema prints JSON Schema', async (t) => {
  const { stdout } = await eagerLlm('schema');
  t.is(JSON.parse(stdout).title, 'eager-llm recipe');
});

test.serial('doctor really uses the runtimes', async (t) => {
  const { stdout, exitCode } = await eagerLlm('doctor', '--json', '--runs-dir', temporaryFolder(t));
  t.is(exitCode, 0, stdout);
  t.like(
    JSON.parse(stdout).find(({ name }: { name: string }) => name === 'onnxruntime-node'),
    { ok: true, detail: 'multiplies matrices' },
  );
});

test.serial('runs ls of an empty folder says how to begin', async (t) => {
  const { stdout } = await eagerLlm('runs', 'ls', '--runs-dir', temporaryFolder(t));
  t.regex(stdout, /There are no runs yet: eager-llm run/);
});

const wrong = test.macro(async (t, args: string[], says: RegExp) => {
  const { stdout, stderr, exitCode } = await eagerLlm(...args);
  t.is(exitCode, 1);
  t.is(stdout, '');
  t.regex(stderr, says);
  t.notRegex(stderr, /^\s+at /m);
});

test.serial('no command', wrong, [], /name a command/);
test.serial('a command that is none', wrong, ['rnu'], /Did you mean run\?/);
test.serial('an option that is none', wrong, ['run', 'x.yaml', '--sett', 'a=1'], /Did you mean --set\?/);
test.serial('threads that are none', wrong, ['run', 'x.yaml', '--threads', '1e9'], /from 1 to 1024/);
test.serial('an option without its value', wrong, ['runs', 'ls', '--runs-dir'], /--runs-dir needs a value/);
test.serial('a stage that is none', wrong, ['run', 'x.yaml', '--until', 'lunch'], /"lunch"[\s\S]*Choices/);
test.serial('a recipe that is none', wrong, ['run', 'nowhere.yaml'], /nowhere\.yaml[\s\S]*does not exist/);
test.serial('a run that is none', wrong, ['runs', 'show', 'nowhere'], /there is no run called "nowhere"/);
test.serial(
  'a run name with path tricks',
  wrong,
  ['run', 'recipes/quickstart.yaml', '--run', '../../tmp/x'],
  /cannot be the name of a run/,
);
