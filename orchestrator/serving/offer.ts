import { UserError } from '../shared/errors.ts';

/** Which of the allowed items (null: of all) are offered while some are not available; null for all. */
export type Offer = (
  closed: ReadonlySet<number>,
  allowed: ReadonlySet<number> | null,
) => ReadonlySet<number> | null;

/**
 * Gives the same set for the same two sets, so that what a search makes of it is kept from request to request. The result
 * throws a UserError where no item of the catalogue is available.
 */
export function createOffer(items: number): Offer {
  const all = {};
  const known = new WeakMap<ReadonlySet<number>, WeakMap<object, ReadonlySet<number>>>();
  return (closed, allowed) => {
    if (closed.size === 0) return allowed;
    if (closed.size >= items)
      throw new UserError(
        'serving/nothing-available',
        'every item of the catalogue is delisted or excluded',
        {
          remedy:
            'eager-llm catalogue status RUN says what is delisted; catalogue relist RUN ids.txt takes it back.',
        },
      );
    const offers = known.get(closed) ?? new WeakMap<object, ReadonlySet<number>>();
    known.set(closed, offers);
    const key = allowed ?? all;
    const candidates = allowed ?? Array.from({ length: items }, (_, item) => item);
    const offered = offers.get(key) ?? new Set([...candidates].filter((item) => !closed.has(item)));
    offers.set(key, offered);
    return offered;
  };
}
