import type { RecipesAnswer } from '../../../orchestrator/server/page/wire.ts';
import { type Schema, schemaAt } from './schema.ts';

/** A recipe that builds on one that comes with eager-llm, with a gap for each setting that has to be said. */
export function draftFrom(
  { name, needs }: Pick<RecipesAnswer['shipped'][number], 'name' | 'needs'>,
  schema: Schema,
): { name: string; text: string } {
  const lines = [`extends: ${name}`, '', 'seed: 1'];
  let before: string[] = [];
  for (const path of needs.toSorted().map((each) => each.split('.'))) {
    const shared = path.findIndex((part, at) => part !== before[at]);
    for (let depth = shared; depth < path.length; depth++) {
      const indent = '  '.repeat(depth);
      if (depth === path.length - 1) lines.push(`${indent}# ${whatIsNeeded(schema, path)}`);
      lines.push(`${indent}${path[depth]}:`);
    }
    before = path;
  }
  return { name: `my-${name}`, text: `${lines.join('\n')}\n` };
}

/** What comes from the environment lies somewhere, which is another place on each machine. */
function whatIsNeeded(schema: Schema, path: string[]): string {
  const [what] = (schemaAt(schema, path)?.description ?? '').split(/[,;(]/);
  return `to be filled in: ${what.trim()}, where this server may read it (datasets/, or its --data-dir)`;
}
