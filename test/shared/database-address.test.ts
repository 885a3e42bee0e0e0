import test from 'ava';
import { addressConflict, parseAddress } from '../../orchestrator/shared/database-address.ts';

test('an address says who asks which database, where, and how the way there is encrypted', (t) => {
  t.is(addressConflict('postgres://shop@db.example/orders'), null);
  t.like(parseAddress('postgres://shop@db.example/orders'), {
    kind: 'postgres',
    user: 'shop',
    host: 'db.example',
    port: 5432,
    database: 'orders',
    ssl: 'prefer',
  });
});

for (const address of [
  'postgres://shop:SECRET@host/db',
  'postgres://shop:SE/CRET@host/db',
  'postgres:shop:SECRET@host/db',
  'mysql://host/db?password=SECRET',
  'mysql://host/db?PassWord=SECRET',
  'mysql://host/db?pass%77ord=SECRET',
  'mysql://host/db?sslpassword=SECRET',
  'postgres://shop:SECRET@host/',
])
  test(`what is wrong with ${address.replace('SECRET', '…')} is told without the password`, (t) => {
    const { message, remedy } = addressConflict(address)!;
    t.notRegex(`${message} ${remedy}`, /SECRET|CRET/);
  });

for (const address of ['postgres://host/%zz', 'postgres://%E0%A4%A@host/db', 'mysql://host/%', 'postgres://'])
  test(`${address} is no address, and no bug`, (t) => t.truthy(addressConflict(address)));
