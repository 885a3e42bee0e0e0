import test from 'ava';
import { limitThreads, threadLimit } from '../../orchestrator/shared/threads.ts';

const withVariable = (value: string) => {
  process.env.EAGER_LLM_THREADS = value;
};
test.afterEach(() => limitThreads(undefined));

test.serial('a computation may use all cores', (t) => {
  withVariable('');
  t.is(threadLimit(), undefined);
});

test.serial('EAGER_LLM_THREADS limits every process that is told no other number', (t) => {
  withVariable('2');
  t.is(threadLimit(), 2);
  limitThreads(3);
  t.is(threadLimit(), 3);
});

for (const wrong of ['0', '-1', '1.5', 'all', '1000'])
  test.serial(`EAGER_LLM_THREADS=${wrong} is refused`, (t) => {
    withVariable(wrong);
    t.throws(threadLimit, { code: 'system/threads', message: /from 1 to 999/ });
  });
