import test from 'ava';
import { docsAddress } from '../../orchestrator/server/page/docs-address.ts';

test('the documentation is linked where the package says in which repository it is kept', (t) => {
  const address = 'https://github.com/someone/eager-llm/blob/HEAD/docs/';
  for (const written of [
    'someone/eager-llm',
    'github:someone/eager-llm',
    'https://github.com/someone/eager-llm',
    'git+https://github.com/someone/eager-llm.git',
    'git@github.com:someone/eager-llm.git',
  ]) {
    t.is(docsAddress(written), address, written);
    t.is(docsAddress({ url: written }), address, written);
  }
  t.is(docsAddress(undefined), null);
  t.is(docsAddress({}), null);
  t.is(docsAddress('https://code.example/someone/eager-llm.git'), null);
});
