import test from 'ava';
import { createIdTable } from '../../orchestrator/dataset/source/id-table.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

/** Ids around the length up to which they stand in the table itself, many of one beginning, and some of other letters. */
function someIds(count: number): string[] {
  const random = createRandom(1, 'ids');
  const letters = ['a', 'b', '0', 'é', '猫', '🐱'];
  const word = (length: number) =>
    Array.from({ length }, () => letters[random.integer(letters.length)]).join('');
  return Array.from(
    { length: count },
    () => ['', 'A1YJEY40YUW', 'A1YJEY40YUW4SE-'][random.integer(3)] + word(1 + random.integer(5)),
  );
}

test('ids are numbered as they first come, whatever their length, one by one and many at a time', (t) => {
  const ids = someIds(20_000);
  const expected = new Map<string, number>();
  for (const id of ids) if (!expected.has(id)) expected.set(id, expected.size);
  const numbers = ids.map((id) => expected.get(id)!);

  const oneByOne = createIdTable();
  t.deepEqual(ids.map(oneByOne.numberOf), numbers);
  t.is(oneByOne.size(), expected.size);
  t.deepEqual(
    [...expected.keys()],
    Array.from({ length: expected.size }, (_, at) => oneByOne.textOf(at)),
  );

  const together = createIdTable();
  const source = Buffer.from(ids.join(','));
  const ends = new Int32Array(ids.length);
  const starts = new Int32Array(ids.length);
  ids.forEach((id, at) => {
    starts[at] = at === 0 ? 0 : ends[at - 1] + 1;
    ends[at] = starts[at] + Buffer.byteLength(id);
  });
  const found = new Int32Array(ids.length);
  together.numbersOf(source, { starts, ends, count: ids.length }, found);
  t.deepEqual([...found], numbers);
  t.is(together.size(), expected.size);
});

test('an id of twelve bytes and a longer one that begins with it are two', (t) => {
  const table = createIdTable();
  const ids = ['abcdefghijkl', 'abcdefghijklm', 'abcdefghijk', 'abcdefghijkl'];
  t.deepEqual(ids.map(table.numberOf), [0, 1, 2, 0]);
});

test('a sealed table still names its ids, and takes no more', (t) => {
  const table = createIdTable();
  table.numberOf('u1');
  table.seal();
  t.is(table.textOf(0), 'u1');
  t.throws(() => table.numberOf('u2'), { message: /sealed/ });
});
