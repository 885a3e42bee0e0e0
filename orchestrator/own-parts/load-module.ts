import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { inModule, wrongModule } from './in-module.ts';

/** What a module exports by default, against the shape that it must have. Runs the module. */
export async function loadModule<T extends z.ZodType>(file: string, shape: T): Promise<z.output<T>> {
  const loaded = (await inModule(file, () => import(pathToFileURL(file).href))) as { default?: unknown };
  if (loaded.default === undefined)
    throw wrongModule(file, 'has no default export; expected `export default { … }`');
  const parsed = shape.safeParse(loaded.default);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `\n  ${path.map(String).join('.') || 'the whole'}: ${message}`,
  );
  throw wrongModule(file, `its default export is not what is expected:${problems.join('')}`);
}

/** A function, told apart from what is none. */
export function functionOf<F>(described: string) {
  return z.custom<F>((value) => typeof value === 'function', `expected a function, ${described}`);
}
