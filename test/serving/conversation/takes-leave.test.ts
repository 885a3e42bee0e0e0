import test from 'ava';
import { takesLeave } from '../../../orchestrator/serving/conversation/takes-leave.ts';

const anyWord = () => true;

test('thanks and goodbyes ask for nothing', (t) => {
  for (const text of [
    'Thanks!',
    'ok great, thank you very much',
    'perfect, cheers',
    'that is all, bye',
    'Danke',
  ])
    t.true(takesLeave(text, anyWord), text);
});

test('what asks, beside thanks too, is no goodbye', (t) => {
  for (const text of ['thanks, and a kettle', 'great, any others?', 'good tea', 'hello', 'cheaper', ''])
    t.false(takesLeave(text, anyWord), text);
});

test('beside thanks, what is no word says nothing', (t) => {
  const isWord = (word: string) => word !== 'jubbly';
  t.true(takesLeave('lovely jubbly, ta', isWord));
  t.false(takesLeave('lovely jubbly', isWord));
  t.false(takesLeave('ta, a kettle', isWord));
});
