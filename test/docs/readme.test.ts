import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { operations } from '../../orchestrator/engine/ops/index.ts';
import { findRecipe } from '../../orchestrator/recipe/find-recipe.ts';
import { checkRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { stageFolderName, stageNames } from '../../orchestrator/runs/stage-names.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { planSweep } from '../../orchestrator/sweep/plan-sweep.ts';
import { anyData } from '../../scripts/page-sources.ts';
import { recipeReference, referenceFile } from '../../scripts/recipe-reference.ts';
import { temporaryFolder } from '../temporary-folder.ts';
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

/** What such recipes name: tasks and modules of the reader's own. */
const parts = pages.flatMap(({ blocks }) =>
  blocks.flatMap(({ info, text }): [string, string][] => {
    const name = /^(?:yaml task|js module) (\S+)$/.exec(info)?.[1];
    return name ? [[name, text]] : [];
  }),
);

test('there is a page for each of the first steps', (t) => {
  for (const path of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/01-first-run.md'])
    t.true(pageAt.has(path), path);
  t.true(snippets.size >= 3);
});

for (const page of pages) {
  for (const line of commandLines(page))
    test(`${page.path}: eager-llm ${line.join(' ')}`, async (t) => {
      const { recipe, sweep, only, set, run, user, history } = await parseCommandLine(line);
      // RECIPE in capitals stands for any.
      const named = typeof recipe === 'string' && !/^[A-Z]+$/.test(recipe);
      t.deepEqual(named ? problemsOf(withSnippets(t), recipe, set as string[]) : [], []);
      if (typeof sweep === 'string' && !/^[A-Z]+$/.test(sweep))
        t.true((await sweepOf(withSnippets(t), sweep, only as string[])).runs.length > 1);
      if (run === 'quickstart') t.deepEqual(absentFromSample([user, ...((history as string[]) ?? [])]), []);
    });

  test(`${page.path}: links lead to files and headings that are there`, (t) => {
    const broken = relativeLinks(page).filter((link) => {
      const [path, anchor] = link.split('#');
      const target = path === '' ? page.path : join(dirname(page.path), path).replaceAll('\\', '/');
      if (!existsSync(join(packageRoot, target))) return true;
      return anchor !== undefined && !anchorsOf(pageAt.get(target) as Page).has(anchor);
    });
    t.deepEqual(broken, []);
  });

  test(`${page.path}: files and scripts that are named exist`, (t) => {
    const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
    const ours =
      /^(orchestrator|test|scripts|recipes|prompts|vocab-extensions|datasets|docs|bench)\/[\w./-]*$/;
    const paths = inlineCode(page).filter((code) => ours.test(code));
    t.deepEqual(
      [
        ...npmScripts(page).filter((script) => !(script in scripts)),
        ...paths.filter((path) => !existsSync(join(packageRoot, path))),
      ],
      [],
    );
  });
}

/** Sweeps are written out as recipes are, and name what they compare. */
const isSweep = (text: string) => /^(variants|matrix):/m.test(text);

for (const [name, text] of snippets)
  test(`the ${isSweep(text) ? 'sweep' : 'recipe'} ${name} that a page writes out is valid`, async (t) => {
    if (isSweep(text)) t.true((await sweepOf(withSnippets(t), name)).runs.length > 1);
    else t.deepEqual(problemsOf(withSnippets(t), name, []), []);
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

/** Users and items of the examples that the quickstart's data does not have. */
function absentFromSample(names: unknown[]): unknown[] {
  const folder = join(packageRoot, 'datasets', 'beauty-small');
  const known = readFileSync(join(folder, 'sequences.txt'), 'utf8').split(/\s+/);
  return names.filter((name) => name !== undefined && !known.includes(String(name)));
}

/** A folder as a reader has it: the repo's recipes, and the page's own beside them. */
function withSnippets(t: ExecutionContext): string {
  const folder = temporaryFolder(t);
  for (const name of ['recipes', 'datasets']) symlinkSync(join(packageRoot, name), join(folder, name));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageRoot, join(folder, 'node_modules', 'eager-llm'));
  for (const [name, text] of [...snippets, ...parts]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The plan of a sweep; a broken one throws. */
function sweepOf(folder: string, sweep: string, only: string[] = []) {
  return planSweep(findRecipe(sweep, folder), {
    only,
    checkInputs: false,
    env: anyData,
  });
}

/** What is wrong with a recipe; data and models of the reader's own need not lie on this machine. */
function problemsOf(folder: string, recipe: string, set: string[]): string[] {
  const { problems } = checkRecipe(findRecipe(recipe, folder), {
    set,
    env: { AMAZON_BEAUTY: packageRoot, SHOP: packageRoot },
  });
  return problems
    .filter(({ path, message }) => !(/^(dataset|model)\./.test(path) && message.endsWith('does not exist')))
    .map(({ path, message }) => `${path} ${message}`);
}
