import { UserError } from '../shared/errors.ts';

/** Every `of`-th user, from the one at `number` on, which counts from 1. */
export interface Shard {
  number: number;
  of: number;
}

const most = 10_000;

/** `3/16`; throws a UserError for anything else. */
export function parseShard(text: string): Shard {
  const [, number, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text)?.map(Number) ?? [];
  if (number !== undefined && of !== undefined && number >= 1 && number <= of && of <= most)
    return { number, of };
  throw new UserError(
    'lists/shard',
    `${JSON.stringify(text.slice(0, 40))} is no shard; expected NUMBER/OF, with a number from 1 to OF, and OF up to ${most.toLocaleString('en-US')}`,
    {
      place: '--shard',
      remedy: 'As in --shard 3/16; the sixteen shards from 1/16 to 16/16 hold every user once.',
    },
  );
}
