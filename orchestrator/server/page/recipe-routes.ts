import { readFileSync } from 'node:fs';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findRecipe, shippedRecipes } from '../../recipe/find-recipe.ts';
import { recipeJsonSchema } from '../../recipe/json-schema.ts';
import type { PageOptions } from './page-room.ts';
import { recipeText } from './parameters.ts';
import type { CheckAnswer, RecipesAnswer } from './wire.ts';

/** Recipes to begin with, the schema that completes them, and the resolver's verdict on a text. */
export const recipeRoutes: FastifyPluginAsyncZod<PageOptions> = async (server, { folders, checks }) => {
  server.get(
    '/page/recipes',
    { schema: { hide: true } },
    async (): Promise<RecipesAnswer> => ({
      shipped: shippedRecipes().map((name) => ({ name, purpose: purposeOf(name) })),
      schema: recipeJsonSchema(),
    }),
  );

  server.post(
    '/page/recipes/check',
    { schema: { hide: true, body: z.strictObject({ text: recipeText }) } },
    async ({ body }): Promise<CheckAnswer> => {
      const { problems, resolved } = await checks.ask('checkComposed', body.text, folders);
      return { problems, recipe: resolved?.recipe ?? null, yaml: resolved?.yaml ?? null };
    },
  );
};

/** The first line of a shipped recipe's header. */
function purposeOf(name: string): string {
  const [first] = readFileSync(findRecipe(name, '/'), 'utf8').split('\n');
  return first.startsWith('#') ? first.replace(/^#\s*/, '') : '';
}
