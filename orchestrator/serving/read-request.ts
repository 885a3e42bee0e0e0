import type { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import type { Start } from './answer-start.ts';
import type { recommendationRequest } from './contract/recommendations.ts';
import type { historiesOf } from './histories.ts';
import type { Namer } from './name-items.ts';

/** A request, checked against its schema. */
type Request = z.output<typeof recommendationRequest>;

/**
 * The items and the wish that an answer starts from. Throws a UserError for unknown names, or if there is nothing to
 * start from.
 */
export function readRequest(
  { user, history: names, prompt, exclude = [], exclude_history }: Request,
  namer: Namer,
  matchesOf: (wish: string) => Set<number>,
  historyOf: ReturnType<typeof historiesOf>,
  excludeHistory: boolean,
): Start {
  if (user !== undefined && names !== undefined)
    throw new UserError('serving/request', 'user and history are both given', {
      remedy: 'Give one of them, with or without a prompt.',
    });
  const ofUser = user !== undefined ? historyOf(user) : null;
  const known = ofUser?.history ?? namer.items(names ?? []);
  // Reading a text needs the text index, which takes a while to build.
  const { items: mentioned, wish } = prompt ? namer.read(prompt) : { items: [], wish: '' };
  const history = [...known, ...mentioned];
  if (history.length === 0 && !prompt)
    throw new UserError('serving/request', 'there is nothing to start from', {
      remedy: 'Give a user, a history of one item or more, or a prompt.',
    });
  const excluded = new Set(namer.items(exclude));
  if (exclude_history ?? excludeHistory)
    for (const item of [...history, ...(ofUser?.seen ?? [])]) excluded.add(item);
  // A text that names no item and has no wish is still the only thing to go by.
  const asked = wish || history.length > 0 ? wish : (prompt ?? '');
  return { history, wish: asked, matches: matchesOf(wish), excluded };
}
