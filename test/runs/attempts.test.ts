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
