import type { Recipe } from '../recipe/schema.ts';

/** Settings that made what a continued run takes over. */
function* takenOver({
  embedding,
  item_index,
  vocabulary,
  model,
  prompts,
}: Recipe): Generator<[string, unknown]> {
  // The extension has done its work: token names and ids are those of the earlier run.
  const { extension: _extension, ...tokenizer } = vocabulary;
  // How long its encoder was trained changes nothing: it is not trained again.
  const { epochs: _epochs, patience: _patience, ...behaviour } = embedding.behaviour;
  yield* leaves('embedding', { ...embedding, behaviour });
  yield* leaves('item_index', item_index);
  yield* leaves('vocabulary', tokenizer);
  yield* leaves('model', model);
  yield ['prompts.layout', prompts.layout];
}

/** Each setting of a recipe that would ask for other codes, tokens or weights than those of an earlier run, in words. */
export function differencesFrom(base: Recipe, recipe: Recipe): string[] {
  const before = new Map(takenOver(base));
  const now = new Map(takenOver(recipe));
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((setting) => shown(before.get(setting)) !== shown(now.get(setting)))
    .map((setting) => `${setting} is ${shown(now.get(setting))}, there ${shown(before.get(setting))}`);
}

function* leaves(path: string, value: unknown): Generator<[string, unknown]> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) yield [path, value];
  else for (const [key, inner] of Object.entries(value)) yield* leaves(`${path}.${key}`, inner);
}

function shown(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}
