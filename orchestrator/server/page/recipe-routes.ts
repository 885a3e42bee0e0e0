import { readFileSync } from 'node:fs';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findRecipe, shippedRecipes } from '../../recipe/find-recipe.ts';
import { recipeJsonSchema } from '../../recipe/json-schema.ts';
import { neededSettings } from '../../recipe/needed-settings.ts';
import type { PageOptions } from './page-room.ts';
import { recipeText } from './parameters.ts';
import type { CheckAnswer, RecipesAnswer } from './wire.ts';

/** Recipes to begin with, the schema that completes them, and the resolver's verdict on a text. */
export const recipeRoutes: FastifyPluginAsyncZod<PageOptions> = async (server, { folders, checks }) => {
  server.get(
    '/page/recipes',
    { schema: { hide: true } },
    async (): Promise<RecipesAnswer> => ({
      shipped: shippedRecipes().map((name) => ({ name, ...headOf(name), needs: neededSettings(name) })),
      schema: recipeJsonSchema(),
    }),
  );

  server.post(
    '/page/recipes/check',
    { schema: { hide: true, body: z.strictObject({ text: recipeText }) } },
    async ({ body }): Promise<CheckAnswer> => {
      const { problems, resolved, written } = await checks.ask('checkComposed', body.text, folders);
      return { problems, recipe: resolved?.recipe ?? null, yaml: resolved?.yaml ?? null, written };
    },
  );
};

/** Of a shipped recipe's header: its first line, and the paragraph that is called Prerequisite. */
function headOf(name: string): { purpose: string; prerequisite: string } {
  const all = readFileSync(findRecipe(name, '/'), 'utf8').split('\n');
  const head = all.slice(
    0,
    all.findIndex((line) => !line.startsWith('#')),
  );
  const at = head.findIndex((line) => line.startsWith('# Prerequisite: '));
  // A paragraph goes on in lines that are indented further.
  const rest = head.slice(at + 1).findIndex((line) => !/^# {3,}/.test(line));
  const lines = at < 0 ? [] : head.slice(at, rest < 0 ? undefined : at + 1 + rest);
  return {
    purpose: (head[0] ?? '').replace(/^#\s*/, ''),
    prerequisite: lines
      .map((line) => line.replace(/^#\s*(Prerequisite: )?/, ''))
      .join(' ')
      .trim(),
  };
}
