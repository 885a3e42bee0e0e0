import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { operations } from '../../orchestrator/engine/ops/index.ts';
import { checkRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { stageFolderName, stageNames } from '../../orchestrator/stages/define-stage.ts';
import { recipeReference, referenceFile } from '../../scripts/recipe-reference.ts';
import { commandLines, npmScripts, parseCommandLine } from './command-lines.ts';
import { anchorsOf, inlineCode, type Page, readPages, relativeLinks } from './markdown.ts';

const pages = readPages();
const pageAt = new Map(pages.map((page) => [page.path, page]));
/** Recipes that pages write out: blocks of YAML with the name of a file, by that name. */
const snippets = new Map(
  pages.flatMap(({ blocks }) =>
    blocks.flatMap(({ info, text }): [string, string][] => {
      const name = /^yaml (\S+\.yaml)$/.exec(info)?.[1];
      return name ? [[name, text]] : [];
    }),
  ),
);

test('there is a page for each of the first steps', (t) => {
  for (const path of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/01-first-run.md'])
    t.true(pageAt.has(path), path);
  t.true(snippets.size >= 3);
});

for (const page of pages) {
  for (const line of commandLines(page))
    test(`${page.path}: eager-llm ${line.join(' ')}`, async (t) => {
      const { recipe, set } = await parseCommandLine(line);
      // RECIPE in capitals stands for any.
      if (typeof recipe !== 'string' || /^[A-Z]+$/.test(recipe) || recipe.startsWith('runs/')) return;
      t.deepEqual(problemsOf(withSnippets(t), recipe, set as string[]), []);
    });

  test(`${page.path}: links lead to files and headings that are there`, (t) => {
    for (const link of relativeLinks(page)) {
      const [path, anchor] = link.split('#');
      const target = path === '' ? page.path : join(dirname(page.path), path).replaceAll('\\', '/');
      t.true(existsSync(join(packageRoot, target)), link);
      if (anchor) t.true(anchorsOf(pageAt.get(target) as Page).has(anchor), link);
    }
  });

  test(`${page.path}: files and scripts that are named exist`, (t) => {
    const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
    for (const script of npmScripts(page)) t.true(script in scripts, `npm run ${script}`);
    const ours =
      /^(orchestrator|test|scripts|recipes|prompts|vocab-extensions|datasets|docs|bench)\/[\w./-]*$/;
    for (const path of inlineCode(page).filter((code) => ours.test(code)))
      t.true(existsSync(join(packageRoot, path)), path);
  });
}

for (const name of snippets.keys())
  test(`the recipe ${name} that a page writes out is valid`, (t) => {
    t.deepEqual(problemsOf(withSnippets(t), name, []), []);
  });

test('the page of settings is what the schema says', (t) => {
  t.is(
    readFileSync(join(packageRoot, referenceFile), 'utf8'),
    recipeReference(),
    'npx tsx scripts/recipe-reference.ts',
  );
});

test('the page on stages has every stage, the page on the engine every operation', (t) => {
  const stagesPage = pageAt.get('docs/03-stages.md')?.text ?? '';
  for (const stage of stageNames) t.true(stagesPage.includes(stageFolderName(stage)), stage);
  const enginePage = pageAt.get('docs/05-engine.md')?.text ?? '';
  for (const operation of Object.keys(operations)) t.true(enginePage.includes(`\`${operation}\``), operation);
});

/** A folder as a reader has it: the repo's recipes, and the page's own beside them. */
function withSnippets(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'eager-docs-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['recipes', 'datasets']) symlinkSync(join(packageRoot, name), join(folder, name));
  for (const [name, text] of snippets) writeFileSync(join(folder, name), text);
  return folder;
}

/** What is wrong with a recipe; data and models of the reader's own need not lie on this machine. */
function problemsOf(folder: string, recipe: string, set: string[]): string[] {
  const { problems } = checkRecipe(resolve(folder, recipe), { set, env: { AMAZON_BEAUTY: packageRoot } });
  return problems
    .filter(({ path, message }) => !(/^(dataset|model)\./.test(path) && message.endsWith('does not exist')))
    .map(({ path, message }) => `${path} ${message}`);
}
