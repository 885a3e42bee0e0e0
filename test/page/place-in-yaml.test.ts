import test from 'ava';
import { placeInYaml } from '../../page/src/compose/place-in-yaml.ts';

const place = test.macro({
  exec(t, text: string, path: (string | number)[], key: string | null, written: string) {
    t.deepEqual(placeInYaml(text), { path, key, written });
  },
  title: (name) => `the cursor is found ${name}`,
});

test('at a name on top', place, 'seed: 1\nitem', [], null, 'item');
test('at a value on top', place, 'extends: quick', [], 'extends', 'quick');
test('at a name in a section', place, 'seed: 1\ndecoding:\n  num', ['decoding'], null, 'num');
test(
  'at a value two sections down',
  place,
  'embedding:\n  semantic:\n    encoder: ls',
  ['embedding', 'semantic'],
  'encoder',
  'ls',
);
test(
  'after a deeper section',
  place,
  'embedding:\n  semantic:\n    encoder: lsa\n  beh',
  ['embedding'],
  null,
  'beh',
);
test(
  'in the first line of a list entry',
  place,
  'training:\n  stages:\n    - na',
  ['training', 'stages', 0],
  null,
  'na',
);
test(
  'in a later line of a list entry',
  place,
  'training:\n  stages:\n    - name: a\n      tuning: l',
  ['training', 'stages', 0],
  'tuning',
  'l',
);
test(
  'below a map in a list entry',
  place,
  'training:\n  stages:\n    - name: a\n      tasks:\n        item',
  ['training', 'stages', 0, 'tasks'],
  null,
  'item',
);
test(
  'in a list at the column of its name',
  place,
  'training:\n  stages:\n  - name: a\n    tu',
  ['training', 'stages', 0],
  null,
  'tu',
);
test('past comments and empty lines', place, 'decoding:\n  # wide\n\n  num', ['decoding'], null, 'num');

test('in a comment nothing is completed', (t) => {
  t.is(placeInYaml('seed: 1\n# ext'), null);
});
