/** A setting by its path in a recipe. */
export interface NamedSetting {
  /** `dataset.k_core` */
  path: string;
  value: unknown;
}

/**
 * The settings that a remedy speaks of, in its order: `k_core` of the stage `dataset` is `dataset.k_core`. A name that
 * several settings end with is one of the stage's own section, or left out. `recipe`: settings by their paths.
 */
export function namedSettings(
  remedy: string,
  stage: string,
  recipe: Readonly<Record<string, unknown>>,
): NamedSetting[] {
  const section = stage.replaceAll('-', '_');
  const pathOf = (name: string) => {
    const ending = Object.keys(recipe).filter((path) => path === name || path.endsWith(`.${name}`));
    const own = ending.filter((path) => path.startsWith(`${section}.`));
    return ending.includes(name) ? name : (onlyOne(own) ?? onlyOne(ending));
  };
  // A name in a sentence is a word no other text has: with an underscore, or a path.
  const names = remedy.match(/\b[a-z]+(?:[._][a-z\d]+)+\b/g) ?? [];
  const paths = new Set(names.flatMap((name) => pathOf(name) ?? []));
  return [...paths].map((path) => ({ path, value: recipe[path] }));
}

function onlyOne(paths: readonly string[]): string | undefined {
  return paths.length === 1 ? paths[0] : undefined;
}
