import test from 'ava';
import { bindOptions, type Takes } from '../../orchestrator/cli/bind-options.ts';
import { optionsFor, usageOf } from '../../orchestrator/cli/commands/index.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';

const options = new Map<string, Takes>([
  ['user', 'one'],
  ['history', 'many'],
  ['set', 'one each time'],
  ['json', 'nothing'],
  ['runs-dir', 'one'],
]);

const binds = test.macro((t, words: string[], expected: string[]) =>
  t.deepEqual(bindOptions(words, options), expected),
);

for (const id of [
  '-u001_Kz',
  '--x',
  '-',
  '-5',
  '---',
  '-k=v',
  '--no-',
  '__proto__',
  '12',
  '1e5',
  '0x10',
  '',
  'a b',
])
  test(`the id ${JSON.stringify(id)} is a value like any other`, binds, ['--user', id], [`--user=${id}`]);

test(
  'a list goes on to the next option',
  binds,
  ['run', '--history', '-0i03', '-0i04', '--json'],
  [...['run', '--history=-0i03', '--history=-0i04', '--json']],
);
test('what is tied already stays, also an option as value', binds, ['--user=--json'], ['--user=--json']);
test(
  'one each time leaves the next word alone',
  binds,
  ['--set', 'a=-1', 'x.yaml', '--set', '-b'],
  [...['--set=a=-1', 'x.yaml', '--set=-b']],
);
test(
  'names may be written together',
  binds,
  ['--runsDir', '-x', '--no-json'],
  ['--runs-dir=-x', '--no-json'],
);
test('behind -- all is as it is', binds, ['--', '--user', '--what'], ['--', '--user', '--what']);

const refuses = test.macro((t, words: string[], message: RegExp, remedy: RegExp) => {
  const error = t.throws(() => bindOptions(words, options), { instanceOf: UserError, code: 'cli/usage' });
  t.regex(error.message, message);
  t.regex(error.remedy ?? '', remedy);
});

test('an option that is near to one', refuses, ['--usr', 'a'], /no option --usr/, /Did you mean --user\?/);
test('an option that is near to none', refuses, ['-zzz'], /no option -zzz/, /--user, --history/);
test('an option without a value', refuses, ['--user'], /--user needs a value/, /--user=VALUE/);
test('an option where a value is due', refuses, ['--user', '--json'], /--user needs/, /--user=--json/);
test('one value twice', refuses, ['--user', 'a', '--user=b'], /more than once/, /once/);

test("what a command's options take is read from the command itself", (t) => {
  const recommend = optionsFor(['recommend', 'x']);
  t.deepEqual(
    ['user', 'history', 'k', 'json', 'help'].map((name) => recommend.get(name)),
    ['one', 'many', 'one', 'nothing', 'nothing'],
  );
  t.is(optionsFor(['run']).get('set'), 'one each time');
  t.is(optionsFor(['--json', 'runs', 'ls']).get('runs-dir'), 'one');
  t.deepEqual([...optionsFor(['no-command']).keys()], ['help', 'version']);
});

test('how a command is written is found by its words', (t) => {
  t.is(usageOf(['catalogue', '--json', 'delist', 'x']), 'eager-llm catalogue delist <run> <ids>');
  t.is(usageOf(['export', 'delist']), 'eager-llm export <run>');
  t.is(usageOf(['--help']), undefined);
});
