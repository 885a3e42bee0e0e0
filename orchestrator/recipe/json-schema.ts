import { z } from 'zod';
import { recipeSchema } from './schema.ts';

const { training } = recipeSchema.shape;

const recipeFileSchema = recipeSchema.extend({
  // What stands in for it where there is no model is nothing to write.
  training: training.removeDefault().describe(training.description ?? ''),
  extends: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('recipe file or files that this one builds on; what stands here wins'),
});

/**
 * JSON Schema of a recipe file, for editors. Sections may be left to an extended file, so nothing outside of
 * lists is required here; the recipe as a whole is checked by `eager-llm validate`.
 */
export function recipeJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(recipeFileSchema, { io: 'input' });
  return { ...withoutRequired(schema), title: 'eager-llm recipe' };
}

function withoutRequired(schema: object): Record<string, unknown> {
  const { required: _, properties, ...rest } = schema as Record<string, unknown> & { properties?: object };
  if (!properties) return rest;
  const inner = Object.entries(properties).map(([name, value]) => [name, withoutRequired(value)]);
  return { ...rest, properties: Object.fromEntries(inner) };
}
