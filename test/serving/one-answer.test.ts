import test from 'ava';
import { decodeTogether } from '../../orchestrator/serving/decode-together.ts';
import { forOneAnswer } from '../../orchestrator/serving/one-answer.ts';

const request = { prompt: Int32Array.of(1), candidates: null };
const together = () =>
  decodeTogether({ decode: async (prompts) => prompts.map(() => []), batch: 1, waiting: 1 });

test('all searches of an answer are done where there is room for its first one', async (t) => {
  const decoder = together();
  const answer = forOneAnswer(decoder);
  const searches = [answer.decode(request), answer.decode(request), answer.decode(request)];
  await t.throwsAsync(forOneAnswer(decoder).decode(request), { message: /already waiting/ });
  t.is((await Promise.all(searches)).length, 3);
});
