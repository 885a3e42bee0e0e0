import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { failureOf, folderWith, prepare, sequencesOf } from './fixtures.ts';

/** Rows of user, item, time and quantity. */
function orders(t: ExecutionContext, rows: string[], timed = true) {
  const path = join(folderWith(t, { 'log.csv': `user,item,time,quantity\n${rows.join('\n')}\n` }), 'log.csv');
  const columns = { user: 'user', item: 'item', time: timed ? 'time' : null, quantity: 'quantity' };
  return { format: 'table', path, columns } as const;
}

const others = ['u,x,10,1', 'u,y,11,1', 'u,z,12,1'];

const cases: [string, string[], string[], boolean?][] = [
  ['takes back the latest earlier purchase', ['u,a,1,1', 'u,a,3,1', 'u,b,2,1', 'u,a,5,-1'], ['a', 'b']],
  ['leaves later purchases and other items alone', ['u,a,1,1', 'u,b,2,1', 'u,a,3,-1', 'u,a,4,1'], ['b', 'a']],
  ['of some of the pieces leaves the purchase', ['u,a,1,3', 'u,a,2,-1'], ['a']],
  ['of the rest takes it back', ['u,a,1,3', 'u,a,2,-1', 'u,a,3,-2'], []],
  ['of more pieces reaches to purchases before', ['u,a,1,1', 'u,a,2,1', 'u,a,3,-2'], []],
  ['may stand before its purchase in the file', ['u,a,3,-1', 'u,a,1,1'], []],
  ['of the same moment takes it back', ['u,a,3,-1', 'u,a,3,1'], []],
  ['of nothing is no purchase', ['u,a,1,-1', 'u,b,2,1'], ['b']],
  ['counts by rows where there are no times', ['u,a,,1', 'u,b,,1', 'u,a,,-1', 'u,a,,1'], ['b', 'a'], false],
];
for (const [name, rows, left, timed] of cases)
  test(`a refund ${name}`, async (t) => {
    const { dataset } = await prepare(orders(t, [...rows, ...others], timed));
    t.deepEqual(sequencesOf(dataset).u, [...left, 'x', 'y', 'z']);
  });

test('how many refunds there were is told, and lines of quantity 0 are', async (t) => {
  const { messages } = await prepare(orders(t, ['u,a,1,2', 'u,a,2,-1', 'u,b,1,-1', 'u,c,1,0', ...others]));
  const notes = messages.flatMap((message) => (message.type === 'note' ? [message.text] : [])).join('\n');
  t.regex(notes, /2 refunds take back 0 purchases and 1 in part, which stay; 1 name no earlier purchase/);
  t.regex(notes, /log\.csv: 1 of 7 lines have the quantity 0/);
});

test('a quantity that is no number breaks its line', async (t) => {
  const { message } = await failureOf(t, orders(t, ['u,a,1,two', ...others]));
  t.regex(message, /expected a number as the quantity, got "two"/);
});

test('lines without a user are counted and passed over, or broken with the way out', async (t) => {
  const path = join(folderWith(t, { 'log.csv': 'user_id,item_id\nu,a\n,a\nu,b\nNULL,c\nu,c\n' }), 'log.csv');
  const { dataset, messages } = await prepare({ format: 'table', path, anonymous: 'skip' });
  t.deepEqual(sequencesOf(dataset), { u: ['a', 'b', 'c'] });
  t.true(
    messages.some((message) => message.type === 'note' && /2 of 5 lines have no user/.test(message.text)),
  );
  const { remedy } = await failureOf(t, { format: 'table', path });
  t.regex(remedy ?? '', /anonymous: skip/);
});

test('seconds, milliseconds and dates in one column are put in one order', async (t) => {
  const path = join(
    folderWith(t, {
      'log.csv':
        'user_id,item_id,time\nu,d,1700000000000\nu,a,2023-11-14\nu,c,2023-11-14T23:13:19+01:00\nu,b,1699999999\nu,e,2023-11-14 17:13:21 EST\n',
    }),
    'log.csv',
  );
  const { dataset, warnings, messages } = await prepare({ format: 'table', path, columns: { time: 'time' } });
  t.deepEqual(sequencesOf(dataset), { u: ['a', 'c', 'b', 'd', 'e'] });
  t.false(warnings.join().includes('times look like'));
  t.true(
    messages.some((message) => message.type === 'note' && /all are taken as seconds/.test(message.text)),
  );
});
