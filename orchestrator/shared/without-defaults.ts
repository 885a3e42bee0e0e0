import { isDeepStrictEqual } from 'node:util';

type Tree = { [name: string]: unknown };

/** A copy of settings without those named, where they have the value that stands there; sections within are gone through. */
export function withoutDefaults(settings: Tree, defaults: Tree): Tree {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      const usual = defaults[name];
      if (!Object.hasOwn(defaults, name)) return [[name, value]];
      if (isTree(value) && isTree(usual)) return [[name, withoutDefaults(value, usual)]];
      return isDeepStrictEqual(value, usual) ? [] : [[name, value]];
    }),
  );
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
