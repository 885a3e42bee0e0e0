import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { checkRecipeText } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A folder that a recipe may name files of, beside things that it may not. */
function withFolders(t: ExecutionContext) {
  const top = temporaryFolder(t);
  for (const folder of ['datasets/own', 'secret', 'models/theirs'])
    mkdirSync(join(top, folder), { recursive: true });
  writeFileSync(join(top, 'secret/sequences.txt'), '1 2 3\n');
  writeFileSync(join(top, 'datasets/own/sequences.txt'), '1 2 3\n');
  const folders = [join(top, 'datasets'), join(packageRoot, 'recipes'), join(packageRoot, 'datasets')];
  const check = (changes: string) => {
    const text = `extends: smoke\n${changes}\n`;
    const { problems } = checkRecipeText(text, { label: 'this recipe', folder: top, folders });
    return problems;
  };
  return { top, check };
}

/** What is said of two names, the one of what is there and the one of what is not: nothing may differ but the name. */
const same = test.macro(async (t: ExecutionContext, setting: string, there: string, absent: string) => {
  const { top, check } = withFolders(t);
  symlinkSync(join(top, 'secret'), join(top, 'datasets/ln'));
  symlinkSync(join(top, 'secret/sequences.txt'), join(top, 'datasets/file'));
  symlinkSync(join(top, 'secret/nothing.txt'), join(top, 'datasets/none'));
  symlinkSync('../secret', join(top, 'datasets/relative'));
  const said = (name: string) =>
    JSON.stringify(check(setting.replace('PATH', name)))
      .replaceAll(name, 'NAME')
      .replaceAll(top, '');
  t.is(said(there), said(absent));
  t.regex(said(there), /lies outside of the folders|would have to be fetched/);
});

const data = 'dataset: {path: "PATH"}';
const base = 'model: {base_model: "PATH"}';
test('a file elsewhere', same, data, 'secret/sequences.txt', 'secret/nothing.txt');
test(
  'a file elsewhere, by dots',
  same,
  data,
  'datasets/../secret/sequences.txt',
  'datasets/../secret/no.txt',
);
test('a file behind a link', same, data, 'datasets/ln/sequences.txt', 'datasets/ln/nothing.txt');
test(
  'a file behind a relative link',
  same,
  data,
  'datasets/relative/sequences.txt',
  'datasets/relative/no.txt',
);
test('a link to a file that is there, and to one that is not', same, data, 'datasets/file', 'datasets/none');
test('a base model elsewhere that looks like a hub id', same, base, 'models/theirs', 'models/nobodys');
test('a base model elsewhere of one word', same, base, 'secret', 'nothing');
test(
  'a tokenizer elsewhere',
  same,
  'vocabulary: {base_tokenizer: "PATH"}',
  'models/theirs',
  'models/nobodys',
);
test(
  'a text encoder elsewhere',
  same,
  'embedding: {semantic: {encoder: transformers, model: "PATH"}}',
  'models/theirs',
  'models/nobodys',
);
test(
  'a parent elsewhere',
  same,
  'dataset: {path: datasets/own}\nprompts: {templates: "PATH"}',
  'models',
  'nothing',
);

test('a folder with a link in it that leads elsewhere is refused whole', (t) => {
  const { top, check } = withFolders(t);
  t.deepEqual(check('dataset: {path: datasets/own}'), []);
  symlinkSync(join(top, 'secret/sequences.txt'), join(top, 'datasets/own/items.txt'));
  t.regex(check('dataset: {path: datasets/own}')[0].message, /own\/items\.txt lies outside/);
});

test('links that lead to what may be read are fine, and links in a circle are not', (t) => {
  const { top, check } = withFolders(t);
  symlinkSync(join(top, 'datasets/own'), join(top, 'datasets/other'));
  t.deepEqual(check('dataset: {path: datasets/other}'), []);
  symlinkSync(join(top, 'datasets/b'), join(top, 'datasets/a'));
  symlinkSync(join(top, 'datasets/a'), join(top, 'datasets/b'));
  t.regex(check('dataset: {path: datasets/a}')[0].message, /lies outside/);
});

test('a model of a hub is fetched for no text that came over the wire, but for a recipe file that names it', (t) => {
  const { top, check } = withFolders(t);
  t.regex(check('model: {base_model: org/model}')[0].message, /would have to be fetched from a hub/);
  writeFileSync(join(top, 'datasets/with-model.yaml'), 'extends: smoke\nmodel: {base_model: org/model}\n');
  const text = 'extends: datasets/with-model.yaml\n';
  const folders = [join(top, 'datasets'), join(packageRoot, 'recipes'), join(packageRoot, 'datasets')];
  const { problems } = checkRecipeText(text, { label: 'this recipe', folder: top, folders });
  t.false(
    problems.some(({ message }) => /fetched|outside/.test(message)),
    JSON.stringify(problems),
  );
});

test('a pattern names files that could be named by themselves', (t) => {
  const { top, check } = withFolders(t);
  writeFileSync(join(top, 'datasets/own/orders-1.csv'), 'x');
  t.deepEqual(check('dataset: {path: "datasets/own/orders-*.csv"}'), []);
  symlinkSync(join(top, 'secret/sequences.txt'), join(top, 'datasets/own/orders-2.csv'));
  t.regex(check('dataset: {path: "datasets/own/orders-*.csv"}')[0].message, /lies outside of the folders/);
  t.regex(check('dataset: {path: "secret/*.txt"}')[0].message, /lies outside of the folders/);
  t.regex(check('dataset: {path: "datasets/own/no-*.csv"}')[0].message, /does not exist/);
});
