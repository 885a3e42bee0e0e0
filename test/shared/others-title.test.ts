import test from 'ava';
import { othersTitle } from '../../orchestrator/shared/others-title.ts';

const title = (...kinds: string[]) => othersTitle(kinds.map((kind) => ({ why: { kind } })));

test('what does not match is called what it is', (t) => {
  t.is(title('near', 'near'), 'Not matching, but near');
  t.is(title('near', 'popular'), 'Not matching, but near or popular');
  t.is(title('popular'), 'Not matching, but popular');
  t.is(title('near', 'often-next', 'follows'), 'Not matching, but likely');
  t.is(othersTitle([{}]), 'Not matching, but likely');
});
