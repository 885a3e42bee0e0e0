import type { Token } from '../../words/tokens.ts';
import { isAnimal } from '../people/beings.ts';
import type { Recipient } from '../people/recipients.ts';

/**
 * "My parents got a puppy. He needs a collar": of several for whom something may be, the one that a pronoun of a part means;
 * that is who was named last, but who is given something is no animal. Null where it has none.
 */
export function meantBefore(
  part: readonly Token[],
  tokens: readonly Token[],
  recipients: readonly Recipient[],
): Recipient | null {
  const pronoun = part.find(({ word }) => pronouns.has(word));
  if (!pronoun) return null;
  const place = tokens.indexOf(pronoun);
  const isGiven = part.some(({ word }) => giving.has(word));
  const isFitting = ({ being, token }: Recipient) =>
    token !== null &&
    tokens.indexOf(token) < place &&
    being !== others.get(pronoun.word) &&
    !(isGiven && isAnimal(token.stem));
  return recipients.findLast(isFitting) ?? null;
}
/** They mean somebody who was told of before. */
export const pronouns = new Set('he him his she her they them their'.split(' '));
const giving = new Set('give giving gift owe thank bring surprise'.split(' '));
const others = new Map([
  ...['he', 'him', 'his'].map((word) => [word, 'woman'] as const),
  ...['she', 'her'].map((word) => [word, 'man'] as const),
]);
