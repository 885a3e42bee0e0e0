import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { shippedRecipes, shippedSweeps } from '../../orchestrator/recipe/find-recipe.ts';
import { recipeJsonSchema } from '../../orchestrator/recipe/json-schema.ts';
import { checkRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { planSweep } from '../../orchestrator/sweep/plan-sweep.ts';
import { anyData } from '../../scripts/page-sources.ts';

const folder = join(packageRoot, 'recipes');

for (const name of shippedRecipes().map((each) => `${each}.yaml`)) {
  test(`recipes/${name} validates`, (t) => {
    const { problems } = checkRecipe(join(folder, name), { env: anyData });
    t.deepEqual(problems, []);
  });

  test(`recipes/${name} has a header with purpose, prerequisite, launch line and an override`, (t) => {
    const text = readFileSync(join(folder, name), 'utf8');
    t.regex(
      text,
      /^# .+\n# Prerequisite: [\s\S]*\n# Launch: .*(npm start|eager-llm run)[\s\S]*\n# Override: .*--set/,
    );
  });
}

for (const name of shippedSweeps()) {
  test(`recipes/${name}.yaml: every variant validates`, async (t) => {
    const { runs } = await planSweep(name, { env: anyData, checkInputs: false });
    t.true(runs.length > 1);
    t.is(new Set(runs.map(({ resolved }) => resolved.hash)).size, runs.length);
  });

  test(`recipes/${name}.yaml has a header with purpose, prerequisite and launch line`, (t) => {
    const text = readFileSync(join(folder, `${name}.yaml`), 'utf8');
    t.regex(text, /^# .+\n# Prerequisite: [\s\S]*\n# Launch: .*eager-llm sweep/);
  });
}

test('the JSON Schema describes every setting and demands only what stands inside of lists', (t) => {
  const schema = recipeJsonSchema() as {
    properties: Record<string, { description?: string; properties?: object }>;
  };
  t.true('extends' in schema.properties);
  t.false('required' in schema);
  for (const [name, section] of Object.entries(schema.properties)) {
    t.truthy(section.description, name);
    for (const [setting, value] of Object.entries(section.properties ?? {}))
      t.truthy((value as { description?: string }).description, `${name}.${setting}`);
  }
});
