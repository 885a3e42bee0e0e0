import test from 'ava';
import { madeOnce } from '../../orchestrator/serving/made-once.ts';
import { createUnderstanding, partsOf, type Turn } from '../../orchestrator/understanding/index.ts';
import { littleShop } from './little-shop.ts';

const create = () => madeOnce(() => createUnderstanding(littleShop))();
const turn = (text: string, ...shown: string[]): Turn => ({ text, shown });

const talk = [
  turn('a dog toy but not squeaky', '1', '3'),
  turn('cheaper than the second one', '1'),
  turn('and a watering can'),
];

test('a conversation that grew turn by turn is read as one that comes whole', (t) => {
  const grown = create();
  const intents = talk.map((_, at) => grown.read(talk.slice(0, at + 1)));
  t.deepEqual(intents.at(-1), create().read(talk));
  t.deepEqual(
    intents,
    talk.map((_, at) => create().read(talk.slice(0, at + 1))),
  );
});

test('the same words behind another list, or behind other words, are read anew', (t) => {
  const { read } = create();
  const maxOf = (...turns: Turn[]) => read(turns).limits.map(({ max }) => max);
  const cheaper = turn('cheaper than the first one');
  t.deepEqual(maxOf(turn('dog toys', '2', '1'), cheaper), [11.99]);
  t.deepEqual(maxOf(turn('dog toys', '1', '2'), cheaper), [8.99]);
  t.deepEqual(maxOf(turn('leashes', '3'), cheaper), [24.99]);
});

test('what a caller takes away is taken away of that conversation alone', (t) => {
  const { read } = create();
  const told = [turn('a red dog toy', '2')];
  const before = read(told);
  const red = partsOf(before, String).find(({ text }) => text === 'red');
  t.deepEqual(read([{ ...told[0], removed: [red?.key ?? ''] }]).limits, []);
  t.deepEqual(read(told), before);
});
