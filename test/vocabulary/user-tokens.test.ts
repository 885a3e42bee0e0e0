import test from 'ava';
import { userTokenCount, userTokenOf, withUserTokens } from '../../orchestrator/vocabulary/user-tokens.ts';
import { shippedExtension } from './fixtures.ts';

test('users share few tokens, evenly, and everyone always has the same one', (t) => {
  const tokens = Array.from({ length: 4000 }, (_, user) => userTokenOf(`user ${user}`, 20));
  const counts = new Map<string | null, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  t.is(counts.size, 20);
  for (const count of counts.values()) t.true(count > 140 && count < 270, String(count));
  t.is(userTokenOf('user 7', 20), tokens[7]);
  t.is(userTokenOf('user 7', 0), null);
});

test('they follow the control tokens of an extension', (t) => {
  const extension = withUserTokens(shippedExtension('marked-item-codes'), 3);
  const names = extension.control_tokens.map(({ token }) => token);
  t.deepEqual(names, ['<|item|>', '<|/item|>', '<user_0>', '<user_1>', '<user_2>']);
  t.is(userTokenCount({ controlTokenIds: Object.fromEntries(names.map((name, id) => [name, id])) }), 3);
  t.is(userTokenCount({ controlTokenIds: { '<|item|>': 4 } }), 0);
});
