import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { checkRecipe, checkRecipeText } from '../../orchestrator/recipe/resolve-recipe.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const length = 200_000;
const fill = (part: (at: number) => string, head = '', tail = ''): string => {
  const parts = [head];
  for (let at = 0, left = length - head.length - tail.length; left > 0; at++) {
    const next = part(at);
    parts.push(next);
    left -= next.length;
  }
  return parts.join('') + tail;
};

/** Texts as long as a recipe of the page may be, each of which once took from seconds to hours. */
const large: Record<string, [text: string, says: RegExp]> = {
  'tens of thousands of names': [fill((at) => `k${at}: 1\n`), /too large/],
  'thousands of names, two of them the same': [
    `${Array.from({ length: 9000 }, (_, at) => `k${at}: 1`).join('\n')}\nk7: 1\n`,
    /a name is given twice/,
  ],
  'a parent repeated ten thousand times': [
    `extends: [${'smoke, '.repeat(10_000)}]`,
    /builds on too many recipes/,
  ],
  'a parent that is none, repeated': [fill(() => 'nowhere, ', 'extends: [', ']'), /too large/],
  'nested brackets': [fill(() => '[', 'x: '), /nested too deeply/],
  'nested maps': [fill(() => '{a: ', 'x: '), /nested too deeply/],
  'nested lists on one line': [fill(() => '- '), /nested too deeply/],
  'aliases of one anchor': [fill(() => '*a,', 'x: &a 1\ny: [', ']'), /too large/],
  'aliases of as many anchors': [fill((at) => `&a${at} 1,*a${at},`, 'y: [', ']'), /too large/],
  'aliases of aliases': [
    `a0: &a0 [1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`).join('\n')}`,
    /too large/,
  ],
  'thousands of unknown names': [
    `extends: smoke\ntraining: {${Array.from({ length: 9000 }, (_, at) => `batchsize${at}: 1`).join(', ')}}`,
    /unknown name/,
  ],
  'one long tag': [fill(() => '!', 'x: '), /bad YAML/],
};

for (const [name, [text, says]] of Object.entries(large))
  test(`a recipe with ${name} is refused in few words`, (t) => {
    const { resolved, problems } = checkRecipeText(text, {
      label: 'this recipe',
      folder: '/',
      folders: ['/'],
    });
    t.is(resolved, null);
    t.true(
      problems.some(({ message }) => says.test(message)),
      JSON.stringify(problems[0]),
    );
    t.true(problems.length <= 51);
    t.true(JSON.stringify(problems).length < 100_000);
  });

test('recipes that double each other are not read a million times', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '0.yaml'), 'extends: smoke\n');
  for (let at = 1; at <= 20; at++)
    writeFileSync(join(folder, `${at}.yaml`), `extends: [./${at - 1}.yaml, ./${at - 1}.yaml]\n`);
  const { problems } = checkRecipe(join(folder, '20.yaml'));
  t.regex(problems[0].message, /builds on too many recipes: over 100/);
});

test('an alias means the last anchor of its name above it', (t) => {
  const text = `extends: smoke
seed: &a 3
evaluation: {cutoffs: [*a, &a 10], bootstrap_samples: *a}
`;
  const { resolved, problems } = checkRecipeText(text, { label: 'this recipe', folder: '/', folders: ['/'] });
  t.deepEqual(problems, []);
  t.deepEqual(resolved?.recipe.evaluation.cutoffs, [3, 10]);
  t.is(resolved?.recipe.evaluation.bootstrap_samples, 10);
});
