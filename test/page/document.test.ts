import test from 'ava';
import { ownValues, readValue, withValue, writeValue } from '../../page/src/compose/document.ts';

const text = '# Mine.\nextends: smoke\n\ndecoding:\n  num_beams: 12 # wide\n';

test('the form writes into the text, and comments stay', (t) => {
  t.is(withValue(text, ['decoding', 'num_beams'], 20), text.replace('12', '20'));
  t.is(withValue(text, ['seed'], 3), `${text}seed: 3\n`);
  t.is(withValue('', ['evaluation', 'cutoffs'], [1, 5]), 'evaluation:\n  cutoffs: [1, 5]\n');
});

test('what is taken out takes empty sections along', (t) => {
  t.deepEqual(ownValues(withValue(text, ['decoding', 'num_beams'], undefined)), { extends: 'smoke' });
});

test('while the text is no YAML there are no values', (t) => {
  t.is(ownValues('a: [1'), null);
  t.is(ownValues('- a'), null);
  t.deepEqual(ownValues(''), {});
});

for (const value of ['auto', '12', 'a: b', 12, 0.001, true, null, [1, 5, 10], ['semantic'], { semantic: 1 }])
  test(`what is written for ${JSON.stringify(value)} is read as the same`, (t) => {
    t.deepEqual(readValue(writeValue(value)), value);
  });
