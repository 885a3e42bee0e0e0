import { symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { checkRecipeText } from '../../orchestrator/recipe/resolve-recipe.ts';
import { smallRecipe, withRecipes } from './with-recipes.ts';

/** A folder that recipes may name things of, beside one that they may not. */
function withTwoFolders(t: ExecutionContext) {
  const at = withRecipes(t, {
    'open/base.yaml': smallRecipe.replace('path: data', 'path: log'),
    'open/log/sequences.txt': 'a b c\n',
    'open/leads-out.yaml': 'extends: ../closed/secret.yaml\n',
    'closed/secret.yaml': 'password: 12345\n',
    'closed/log/sequences.txt': 'a b c\n',
  });
  symlinkSync(at('closed/secret.yaml'), at('open/link.yaml'));
  const folder = dirname(at('open/base.yaml'));
  const check = (text: string) => checkRecipeText(text, { label: 'this recipe', folder, folders: [folder] });
  return { at, check };
}

const messagesOf = (checked: ReturnType<typeof checkRecipeText>) =>
  checked.problems.map(({ place, path, message }) => `${place} ${path}: ${message}`);

test('a text is a recipe as a file is one, and may extend the files of the folders it may read', (t) => {
  const { at, check } = withTwoFolders(t);
  const { resolved, problems } = check('extends: base.yaml\nname: mine\nseed: 3\n');
  t.deepEqual(problems, []);
  t.is(resolved?.recipe.name, 'mine');
  t.is(resolved?.recipe.dataset.path, at('open/log'));
});

test('recipes that come with eager-llm go by name, where their folder may be read', (t) => {
  const { check } = withTwoFolders(t);
  t.regex(messagesOf(check('extends: quickstart\n')).join(), /1 extends|extends: .* lies outside/);
});

test('problems name the line of the text', (t) => {
  const { check } = withTwoFolders(t);
  const { problems } = check('extends: base.yaml\nseed: 3\ndecoding:\n  num_beam: 5\n');
  t.deepEqual(
    problems.map(({ place, path, remedy }) => [place, path, remedy]),
    [['this recipe:4', 'decoding.num_beam', 'Did you mean "num_beams"?']],
  );
});

const outside = test.macro({
  exec(t: ExecutionContext, text: (at: (name: string) => string) => string) {
    const { at, check } = withTwoFolders(t);
    const checked = check(text(at));
    t.is(checked.resolved, null);
    const messages = messagesOf(checked).join('\n');
    t.regex(messages, /lies outside of the folders/);
    t.notRegex(messages, /password|12345|does not exist/);
  },
  title: (name) => `nothing outside of the folders is read or told of: ${name}`,
});

const withDataset = (path: string) => smallRecipe.replace('path: data', `path: ${path}`);

test('extends by an absolute path', outside, (at) => `extends: ${at('closed/secret.yaml')}\n`);
test('extends by .. and back', outside, () => 'extends: ../closed/secret.yaml\n');
test('extends through a link', outside, () => 'extends: link.yaml\n');
test('extends by way of a file that may be read', outside, () => 'extends: leads-out.yaml\n');
test('extends of what is not there', outside, () => 'extends: /nowhere/at/all.yaml\n');
test('a dataset', outside, (at) => withDataset(at('closed/log')));
test('a dataset that is not there', outside, (at) => withDataset(at('closed/nothing')));
test('texts of items', outside, (at) =>
  withDataset('log').replace('format:', `items_path: ${at('closed/secret.yaml')}\n  format:`),
);
test('a base model', outside, () => `${withDataset('log')}model: {base_model: ../closed/log}\n`);
test('templates', outside, () => `${withDataset('log')}prompts: {templates: ../closed/log}\n`);
test('an extension', outside, () => `${withDataset('log')}vocabulary: {extension: ../closed/secret.yaml}\n`);

test('the environment is not read for a text, not even to tell what is set', (t) => {
  const { check } = withTwoFolders(t);
  for (const reference of ['PATH', 'NOT_SET_ANYWHERE', 'PATH:-x']) {
    const { resolved, problems } = check(`extends: base.yaml\nname: "$\{${reference}}"\n`);
    t.is(resolved, null);
    t.regex(problems[0].message, /cannot be used here/);
    t.false(JSON.stringify(problems).includes(String(process.env.PATH)));
  }
});

test('what an extended recipe takes from the environment can be said in the text, and until it is said stands as a gap', (t) => {
  const reference = `$\{SHOP:-../closed}`;
  const at = withRecipes(t, {
    'open/base.yaml': smallRecipe.replace('path: data', `path: ${reference}`),
    'open/log/sequences.txt': 'a b c\n',
  });
  const folder = dirname(at('open/base.yaml'));
  const check = (text: string) => checkRecipeText(text, { label: 'this recipe', folder, folders: [folder] });
  const said = (text: string) =>
    check(text).problems.map(({ place, path, message }) => [place.replace(/.*\//, ''), path, message]);

  const [[place, path, message]] = said('extends: base.yaml\n');
  t.regex(place, /^base\.yaml:\d+$/);
  t.deepEqual([path, message], ['dataset.path', `${reference} cannot be used here`]);
  t.deepEqual(said('extends: base.yaml\ndataset:\n  # a folder\n  path:\n'), [
    [
      'this recipe:4',
      'dataset.path',
      `is to be filled in, since the environment is not read here: ${reference}`,
    ],
  ]);
  const { resolved, problems } = check('extends: base.yaml\ndataset: {path: log}\n');
  t.deepEqual(problems, []);
  t.is(resolved?.recipe.dataset.path, at('open/log'));
});

test('a folder that may not be read is named with the option of the server that adds it', (t) => {
  const { check } = withTwoFolders(t);
  const remedies = (path: string) => check(withDataset(path)).problems.map(({ remedy }) => remedy);
  t.regex(remedies('/data/shop')[0] ?? '', /the option that adds one: --data-dir \/data\/shop\.$/);
  t.regex(remedies('/data/shop/log.csv')[0] ?? '', /--data-dir \/data\/shop\.$/);
  t.regex(remedies('../shop')[0] ?? '', /--data-dir FOLDER\.$/);
});

test('what is written is told with its problems, so that a form can show what is inherited', (t) => {
  const { check } = withTwoFolders(t);
  const { written, resolved } = check('extends: base.yaml\nseed: x\n');
  t.is(resolved, null);
  t.like(written, { seed: 'x', dataset: { path: 'log' } });
});
