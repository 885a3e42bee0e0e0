import test from 'ava';
import { lineToMend } from '../../orchestrator/server/page/line-to-mend.ts';

const text = `# Mine.
extends: shop

dataset:
  k_core: 5
`;

test('what is wrong in an extended recipe is mended at the nearest part that the text has itself', (t) => {
  t.is(lineToMend(text, 'dataset.k_core'), 5);
  t.is(lineToMend(text, 'dataset.path'), 4);
  // Nothing of it is there: it comes with what is extended.
  t.is(lineToMend(text, 'model.base_model'), 2);
  t.is(lineToMend('seed: 1\n', 'dataset.path'), null);
  t.is(lineToMend('- not a map\n', 'dataset.path'), null);
});
