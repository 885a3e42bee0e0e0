import { createRandom } from '../shared/random.ts';
import type { Extension } from './extension.ts';
import type { Vocabulary } from './types.ts';

const nameOf = (number: number) => `<user_${number}>`;

/** An extension with so many tokens for users, whose rows are drawn at random as those of codes from scratch are. */
export function withUserTokens(extension: Extension, count: number): Extension {
  const { control_tokens } = extension;
  const tokens = Array.from({ length: count }, (_, number) => ({
    token: nameOf(number),
    initialise: 'normal' as const,
    noise: 0,
  }));
  return { ...extension, control_tokens: [...control_tokens, ...tokens] };
}

/** How many tokens for users a vocabulary has. */
export function userTokenCount({ controlTokenIds }: Pick<Vocabulary, 'controlTokenIds'>): number {
  let count = 0;
  while (nameOf(count) in controlTokenIds) count++;
  return count;
}

/**
 * The token of a user: ids are spread over the tokens by a hash, so that few tokens serve any number of users, new ones
 * among them (TIGER, Rajput et al. 2023, has 2,000). Null where the vocabulary has none.
 */
export function userTokenOf(userId: string, count: number): string | null {
  return count === 0 ? null : nameOf(createRandom(0, 'user-token', userId).integer(count));
}
