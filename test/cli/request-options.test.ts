import test from 'ava';
import yargs from 'yargs';
import { rulesOf, withRequestOptions } from '../../orchestrator/cli/request-options.ts';
import { recommendationRequest } from '../../orchestrator/serving/index.ts';

const read = (...words: string[]) => rulesOf(withRequestOptions(yargs(words)).parseSync());

test('rules on the command line are those of a request', (t) => {
  const rules = read(
    ...['--exclude', 'a', 'b', '--exclude-history', 'auto', '--fallback', 'popular', '--strict'],
    ...['--where', '{"category": "Tea", "price_max": 20}', '--boost', '{"brand": {"Baristo": 1.5}}'],
    ...['--diversity', 'category=3'],
  );
  t.deepEqual(rules, {
    exclude: ['a', 'b'],
    exclude_history: 'auto',
    where: { category: 'Tea', price_max: 20 },
    boost: { brand: { Baristo: 1.5 } },
    diversity: { by: 'category', max: 3 },
    fallback: 'popular',
    strict: true,
  });
  t.true(recommendationRequest.safeParse(rules).success);
  t.is(read('--exclude-history', 'false').exclude_history, false);
  t.true(Object.values(read()).every((value) => value === undefined));
});

test('what cannot be read is an error with an example', (t) => {
  t.throws(() => read('--where', '{category: Tea}'), {
    code: 'cli/usage',
    message: /--where has to be JSON/,
  });
  t.throws(() => read('--diversity', 'category'), { code: 'cli/usage', message: /--diversity/ });
});
