import type { CommandModule } from 'yargs';
import { recipeJsonSchema } from '../../recipe/json-schema.ts';
import { printJson } from './options.ts';

export const schemaCommand: CommandModule = {
  command: 'schema',
  describe: 'print the JSON Schema of recipes, for completion and checks in editors',
  builder: (argv) =>
    argv
      .example(
        '$0 schema > recipe.schema.json',
        'then begin a recipe with: # yaml-language-server: $schema=recipe.schema.json',
      )
      .example('$0 schema | grep -A 3 lora_alpha', 'meaning and default of one setting'),
  handler: () => printJson(recipeJsonSchema()),
};
