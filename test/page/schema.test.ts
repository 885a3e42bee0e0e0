import test from 'ava';
import { recipeJsonSchema } from '../../orchestrator/recipe/json-schema.ts';
import { propertiesOf, type Schema, schemaAt } from '../../page/src/compose/schema.ts';

test('the form knows every task by name, though own ones may be named freely', (t) => {
  const tasks = schemaAt(recipeJsonSchema() as Schema, ['training', 'stages', 0, 'tasks']);
  const fields = propertiesOf(tasks ?? {});
  t.true(Object.hasOwn(fields, 'sequential-recommendation'));
  t.true(Object.hasOwn(fields, 'preference'));
  t.is(fields['item-search'].type, 'number');
});
