import test from 'ava';
import { contentSecurityPolicy } from '../../orchestrator/server/page/content-security-policy.ts';
import { withServer } from './with-server.ts';

test('the demo shows what some customers took, and not who they are', async (t) => {
  const server = await withServer(t, { demo: true });
  t.true((await server.get('/page/about')).body.demo);
  const { body } = await server.get('/page/demo/customers');
  t.true(body.customers.length > 1 && body.customers.length <= 8);
  for (const customer of body.customers) {
    t.deepEqual(Object.keys(customer), ['history']);
    t.true(customer.history.length >= 4);
    t.is(typeof customer.history[0].title, 'string');
  }
  const said = JSON.stringify(body);
  t.false(server.run.users.ids.some((id) => said.includes(id)));
  t.deepEqual((await server.get('/page/demo/customers')).body, body);
});

test('without the demo nobody gets to see what customers took', async (t) => {
  const server = await withServer(t);
  t.false((await server.get('/page/about')).body.demo);
  t.is((await server.get('/page/demo/customers')).status, 404);
});

test('pictures may come from elsewhere only where the catalogue has some; nothing else ever may', (t) => {
  t.false(contentSecurityPolicy(false).includes('https:'));
  t.regex(contentSecurityPolicy(true), /img-src 'self' data: https:;/);
  t.is(contentSecurityPolicy(true).replace(' https:', ''), contentSecurityPolicy(false));
});
