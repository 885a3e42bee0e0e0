import test from 'ava';
import { takesLeave } from '../../../orchestrator/serving/conversation/takes-leave.ts';

test('thanks and goodbyes ask for nothing', (t) => {
  for (const text of [
    'Thanks!',
    'ok great, thank you very much',
    'perfect, cheers',
    'that is all, bye',
    'Danke',
  ])
    t.true(takesLeave(text), text);
});

test('what asks, beside thanks too, is no goodbye', (t) => {
  for (const text of ['thanks, and a kettle', 'great, any others?', 'good tea', 'hello', 'cheaper', ''])
    t.false(takesLeave(text), text);
});
