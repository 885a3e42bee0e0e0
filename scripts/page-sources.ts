import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { laterBehaviourSettings } from '../orchestrator/embedding/behaviour/settings.ts';
import { checkRecipe } from '../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import { stages } from '../orchestrator/stages/index.ts';
import { hashFile, hashJson } from '../orchestrator/storage/hash.ts';
import { laterPartSettings } from '../orchestrator/training/settings.ts';

/** What `pages-from-run.ts` wrote into which page, and what that depends on; `page-sources.json`. */
export type PageSources = Record<string, PageSource>;

export interface PageSource extends Sources {
  /** From the root of the repo. */
  recipe: string;
  /** SHA-256 of what stands between the marks, by their name. */
  blocks: Record<string, string>;
}

/** All that can be looked up again: another value of any of them would lead to other figures. */
export interface Sources {
  /** Hash of the recipe with all defaults. */
  settings: string;
  /** Hash of the data in the repo; null for data of the reader's own. */
  data: string | null;
  /** Versions of the stages. */
  stages: Record<string, number>;
}

export const sourcesFile = 'docs/page-sources.json';

/** What the figures of a recipe of the repo depend on, as it is now. */
export async function sourcesOf(recipe: string): Promise<Sources> {
  const { resolved, problems } = checkRecipe(join(packageRoot, recipe), { env: anyData });
  if (!resolved) throw new Error(problems.map(({ message }) => message).join('\n'));
  return {
    settings: settingsHash(resolved.yaml, packageRoot),
    data: await hashData(resolved.recipe.dataset.path),
    stages: Object.fromEntries(stages.map(({ name, version }) => [name, version])),
  };
}

/** The same wherever the repo lies, and whether or not a setting that came later stands there with its default. */
export function settingsHash(yaml: string, root: string): string {
  // These two stood in recipes before pages were made of them.
  const { max_steps: _steps, loss_temperature: _temperature, ...ofParts } = laterPartSettings;
  const later = [
    ...Object.entries(laterBehaviourSettings).map(([name, value]) => `    ${name}: ${value}`),
    ...Object.entries(ofParts).map(([name, value]) => `      ${name}: ${value}`),
  ];
  const lines = yaml.replaceAll(root, '.').split(/\r?\n/);
  return hashJson(lines.filter((line) => !later.includes(line)).join('\n'));
}

/** The marked blocks of a page: `<!-- metrics -->` … `<!-- /metrics -->`. */
export function blocksOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(block)].map(([, name, content]) => [name, content]));
}

/** A page with other content between the marks. */
export function withBlocks(text: string, contents: Record<string, string>): string {
  return text.replace(block, (whole, name: string) =>
    name in contents ? `<!-- ${name} -->\n${contents[name]}\n<!-- /${name} -->` : whole,
  );
}

const block = /<!-- (transcript|metrics) -->\n([\s\S]*?)\n<!-- \/\1 -->/g;

/** Pages name recipes whose data and models need not lie here; their paths do not count. */
export const anyData = {
  AMAZON_BEAUTY: packageRoot,
  SHOP: packageRoot,
  SMOLLM2: packageRoot,
  MINILM: packageRoot,
  LLAMA: packageRoot,
};

/** Null for data outside of the repo. */
export async function hashData(path: string): Promise<string | null> {
  const inside = relative(packageRoot, path);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside) || !existsSync(path)) return null;
  if (statSync(path).isFile()) return hashFile(path);
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.md') && statSync(join(path, name)).isFile())
    .sort();
  return hashJson(
    await Promise.all(
      names.map(async (name) => [name.replaceAll('\\', '/'), await hashFile(join(path, name))]),
    ),
  );
}

export function readPageSources(): PageSources {
  const file = join(packageRoot, sourcesFile);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
