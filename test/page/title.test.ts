import test from 'ava';
import { titleOf } from '../../page/src/state/title.ts';

test('a tab is called by what sets it apart from the others', (t) => {
  const title = (path: string, query = '', start = 'ask') =>
    titleOf({ path: path.split('/').filter(Boolean), query: new URLSearchParams(query) }, start);
  t.is(title(''), 'Ask · eager-llm');
  t.is(title('', '', 'shop'), 'Shop · eager-llm');
  t.is(title('runs'), 'Runs · eager-llm');
  t.is(title('runs/beauty'), 'beauty · Runs · eager-llm');
  t.is(title('runs', 'compare=one,two'), 'one, two · Runs · eager-llm');
  t.is(title('runs', 'sweep=beams'), 'sweep beams · Runs · eager-llm');
});
