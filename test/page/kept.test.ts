import test from 'ava';
import { readKept, writeKept } from '../../page/src/talk/kept.ts';
import type { Kept } from '../../page/src/talk/kept-shape.ts';
import type { Turn } from '../../page/src/talk/turn.ts';

const run = 'shop 1700000000';
const mug = {
  item_id: 'mug',
  title: 'Blue Mug',
  brand: 'Moka',
  categories: ['Kitchen'],
  attributes: { price: 9 },
};
const recommended = {
  ...mug,
  score: -1.5,
  matched: true,
  code: ['<a_1>'],
  why: { kind: 'words', words: ['mug'] },
};
const answer = {
  from: [mug],
  items: [recommended],
  understood: {
    parts: [{ key: 'without:Moka', kind: 'without', text: 'not Moka' }],
    intent: { wishes: [{ text: 'mug' }], had: [] },
    says: ['Mug, without *Moka*:'],
  },
  isPopular: false,
  said: '1. Blue Mug',
  notes: [],
};
const turn = {
  ...answer,
  id: 1,
  question: 'a mug, but not Moka',
  had: ['mug'],
  earlier: [{ part: answer.understood.parts[0], answer, forgotten: [mug] }],
  state: 'done',
  error: null,
} as unknown as Turn;
const kept: Kept = {
  began: { who: { name: 'Customer 1', taste: 'Kitchen', history: [mug] } },
  history: [mug],
  likes: [],
  dislikes: [mug],
  removed: [{ key: 'without:Moka', turn: 1 }],
  turns: [turn],
};

test('what was done is read again as it was, for the same run alone', (t) => {
  const text = writeKept(kept, run);
  t.deepEqual(readKept(text, run), kept);
  t.is(readKept(text, 'shop 1800000000'), null);
  t.deepEqual(readKept(writeKept({ ...kept, began: null }, run), run), { ...kept, began: null });
});

test('a question that waited for its answer can be asked again', (t) => {
  const waiting = { ...turn, state: 'answering' } as const;
  const found = readKept(writeKept({ ...kept, turns: [waiting] }, run), run);
  t.is(found?.turns[0].state, 'failed');
  t.regex(found?.turns[0].error ?? '', /loaded anew/);
});

test('damaged storage is ignored, wherever it is damaged', (t) => {
  const text = writeKept(kept, run)!;
  for (const broken of [null, '', '{', 'null', '[]', '"x"', text.slice(0, -1)])
    t.is(readKept(broken, run), null);
  // Each value that is not optional, or what it should be, spoils it; the intent has more than the page reads.
  let places = 0;
  const spoil = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const name of Object.keys(value)) {
      const record = value as Record<string, unknown>;
      const before = record[name];
      if (name === 'attributes' || path.endsWith('.attributes')) continue;
      record[name] = { odd: true };
      t.is(readKept(JSON.stringify(whole), run), null, `${path}.${name}`);
      record[name] = before;
      places++;
      spoil(before, `${path}.${name}`);
    }
  };
  const whole = JSON.parse(text);
  spoil(whole, '');
  t.true(places > 50);
});

test('of a long conversation the latest is kept, and no more than a tab has room for', (t) => {
  const said = 'word '.repeat(40_000);
  const turns = Array.from({ length: 12 }, (_, at) => ({ ...turn, id: at + 1, said }));
  const text = writeKept({ ...kept, turns }, run)!;
  t.true(text.length <= 1_000_000);
  t.deepEqual(
    readKept(text, run)?.turns.map(({ id }) => id),
    [9, 10, 11, 12],
  );
  t.is(writeKept({ ...kept, history: [{ ...mug, title: 'x'.repeat(1_000_001) }] }, run), null);
});
