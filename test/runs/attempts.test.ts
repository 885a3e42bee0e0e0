import test from 'ava';
import { secondsOfAttempts } from '../../orchestrator/runs/attempts.ts';

const event = (second: number, type: string, more: object = {}) => ({
  at: new Date(1e12 + 1000 * second).toISOString(),
  stage: 'training',
  type,
  ...more,
});

test('a stage that was stopped and killed has taken the time of its attempts, not that between them', (t) => {
  const events = [
    event(0, 'stage-started', { resumed: false }),
    event(50, 'stage-finished'),
    event(100, 'stage-started', { resumed: false }),
    event(110, 'progress'),
    event(130, 'stage-stopped'),
    { ...event(200, 'stage-started', { resumed: false }), stage: 'prompts' },
    event(300, 'stage-started', { resumed: true }),
    event(305, 'progress'),
  ];
  t.is(secondsOfAttempts(events, 'training'), 30 + 5);
  t.is(secondsOfAttempts(events, 'evaluation'), 0);
});

test('a stage that fails before it starts took no time, nor does what lies between two attempts', (t) => {
  const at = (second: number) => new Date(1_700_000_000_000 + second * 1000).toISOString();
  t.is(secondsOfAttempts([{ at: at(0), type: 'stage-failed', stage: 'training' }], 'training'), 0);
  const events = [
    { at: at(0), type: 'stage-started', stage: 'training', resumed: false },
    { at: at(7), type: 'stage-failed', stage: 'training' },
    { at: at(86_400), type: 'stage-failed', stage: 'training' },
  ];
  t.is(secondsOfAttempts(events, 'training'), 7);
});
