import type { Dataset } from '../dataset/types.ts';

/** The users of the log. */
export interface KnownUsers {
  /** In the order of the dataset. */
  ids: readonly string[];
  /** The place of a user among them; undefined for an unknown one. */
  numberOf(id: string): number | undefined;
}

export function knownUsers({ userIds }: Pick<Dataset, 'userIds'>): KnownUsers {
  const numbers = new Map(userIds.map((known, user) => [known, user]));
  return { ids: userIds, numberOf: (id) => numbers.get(id) };
}
