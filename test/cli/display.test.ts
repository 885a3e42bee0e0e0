import test from 'ava';
import { formatTable } from '../../orchestrator/cli/format/table.ts';
import { createDisplay } from '../../orchestrator/cli/progress/display.ts';
import { createListsDisplay } from '../../orchestrator/cli/progress/lists-display.ts';
import { createEstimator } from '../../orchestrator/shared/estimate.ts';
import { formatBytes, formatDuration, formatFigure } from '../../orchestrator/shared/format.ts';
import { shellLine } from '../../orchestrator/shared/shell-line.ts';
import type { StageEvent } from '../../orchestrator/stages/stage-event.ts';

const started: StageEvent = { stage: 'training', type: 'stage-started', number: 6, count: 7, resumed: false };
const step = (done: number): StageEvent => ({
  stage: 'training',
  type: 'progress',
  label: 'epoch 1/2',
  done,
  total: 100,
  figures: { loss: 3.21987 },
});
const finished: StageEvent = {
  stage: 'training',
  type: 'stage-finished',
  figures: { loss: 0.5, items: 12101 },
  seconds: 83.4,
  peak_memory_bytes: 1_234_000_000,
};

test('on a terminal one live line is drawn over, with bar, percent, time left and figures', (t) => {
  let text = '';
  let seconds = 0;
  const write = (part: string) => {
    text += part;
  };
  const display = createDisplay({ write, live: true, columns: 120, now: () => seconds });
  display.event(started);
  for (seconds = 1; seconds <= 20; seconds++) display.event(step(seconds));
  t.is(text.split('\n').length, 1);
  const last = text.split('\r\x1b[2K').at(-1);
  t.is(last, '  6/7 training   ████░░░░░░░░░░░░░░░░ 20% · epoch 1/2 · 1m 20s left · loss 3.22');
  display.event({ stage: 'training', type: 'warning', text: 'the loss is not finite' });
  display.event(finished);
  t.regex(text, / {2}! the loss is not finite\n {2}6\/7/);
  t.true(text.endsWith('✔ 6/7 training   done in 1m 23s · loss 0.5 · items 12,101 · peak memory 1.2 GB\n'));
});

test('without a terminal there are plain lines, one in ten seconds', (t) => {
  let text = '';
  let seconds = 0;
  const write = (part: string) => {
    text += part;
  };
  const display = createDisplay({ write, live: false, now: () => seconds });
  display.event(started);
  for (seconds = 1; seconds <= 25; seconds++) display.event(step(seconds));
  display.event(finished);
  t.deepEqual(
    text.split('\n').map((line) => line.slice(0, 40)),
    [
      '> 6/7 training   starts',
      '  6/7 training   10% · epoch 1/2 · 1m 30',
      '  6/7 training   20% · epoch 1/2 · 1m 20',
      '✔ 6/7 training   done in 1m 23s · loss 0',
      '',
    ],
  );
});

test('a line never gets wider than the terminal', (t) => {
  const lines: string[] = [];
  const display = createDisplay({ write: (part) => lines.push(part), live: true, columns: 30, now: () => 0 });
  display.event(started);
  display.event(step(100));
  t.true(lines.every((line) => line.length < 30));
});

test('a reused stage says so, and from where', (t) => {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  const reused = { stage: 'dataset', type: 'stage-reused', number: 1, count: 7 } as const;
  const display = createDisplay({ write, live: true });
  display.event({ ...reused, figures: { items: 5 }, seconds: 2, borrowed_from: null });
  display.event({ ...reused, figures: {}, seconds: 2, borrowed_from: 'first' });
  t.is(
    text,
    '= 1/7 dataset    reused (it took 2.0s) · items 5\n= 1/7 dataset    reused from the run first (it took 2.0s)\n',
  );
});

test('the time left of a resumed stage follows from what is done since', (t) => {
  const { update } = createEstimator();
  t.is(update('epoch', 50, 100, 10), null);
  t.is(update('epoch', 60, 100, 20), 40);
  t.is(update('another', 10, 100, 30), null);
});

test('figures, durations and sizes are short', (t) => {
  t.deepEqual([0, 12101, 0.123456, 1234.5, 1 / 12101, 1.2e-7, 'a', undefined].map(formatFigure), [
    '0',
    '12,101',
    '0.1235',
    '1,235',
    '0.0000826',
    '1.20e-7',
    'a',
    '–',
  ]);
  t.deepEqual([0.42, 9.99, 59.6, 61, 7321].map(formatDuration), [
    '0.4s',
    '10s',
    '1m 00s',
    '1m 01s',
    '2h 02m',
  ]);
  t.deepEqual([999, 1500, 2.5e9].map(formatBytes), ['999 B', '1.5 KB', '2.5 GB']);
});

test('tables align numbers right and texts left', (t) => {
  t.is(
    formatTable(
      ['name', 'value'],
      [
        ['a', '1'],
        ['long name', '23'],
      ].map((row) => [...row]),
    ),
    'name       value\n─────────  ─────\na              1\nlong name     23',
  );
});

test('command lines can be pasted', (t) => {
  t.is(shellLine(['run', "it's", 'a=[1, 2]', 'x.yaml']), `run 'it'\\''s' 'a=[1, 2]' x.yaml`);
});

test('lists say how many users are done, how many come a second, and how long the rest will take', (t) => {
  const drawn = (live: boolean) => {
    let text = '';
    let seconds = 0;
    const write = (part: string) => {
      text += part;
    };
    const display = createListsDisplay({ write, live, columns: 100, now: () => seconds });
    // What an earlier command has left is no speed.
    display.progress({ done: 100_000, total: 1_000_000 });
    seconds = 50;
    display.progress({ done: 110_000, total: 1_000_000 });
    display.say('A note');
    return text;
  };
  const line = '11% · 110,000 of 1,000,000 users · 200 users/s · 1h 14m left';
  t.is(drawn(true).split('\r\x1b[2K').at(-1), `A note\n  ${line}`);
  t.is(drawn(false), `  ${line}\nA note\n`);
});
