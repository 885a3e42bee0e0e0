import { type Exclusion, emptyExclusion, type Wish } from '../../intent.ts';
import type { Grammar } from '../grammar.ts';
import type { Heard, HeardWish } from '../heard.ts';
import { kindOfItem } from '../items/kind-of-item.ts';
import { isWithin } from '../wishes/refine.ts';
import { withoutWished } from '../wishes/wished-before.ts';
import { ofSomebody } from './lasting.ts';

const mostExclusions = 60;

/**
 * What is ruled out after a turn: what was named for now is not left out any longer; nor, as being for others, anything
 * that is wished for.
 */
export function joinWithout(
  before: readonly Exclusion[],
  heard: Heard,
  wishes: readonly Wish[],
  grammar: Grammar,
): Exclusion[] {
  const kept = heard.explains ? before.map((each) => ofSomebody(each, grammar)) : before;
  const named = heard.wishes.filter(({ isIdea }) => !isIdea);
  return [
    ...withoutWished(kept, named),
    // "She lets nothing else near her face", and asks for a face cream.
    ...heard.without.filter(({ assumed, categories }) => !assumed && !named.some(isAsked(categories))),
    ...withoutWished(
      heard.without.filter(({ assumed }) => assumed),
      wishes,
    ),
  ].slice(-mostExclusions);
}

/** Whether a whole kind that is left out is the one that is asked for. */
const isAsked =
  (leftOut: readonly string[]) =>
  ({ categories, complete }: HeardWish): boolean =>
    complete &&
    leftOut.length > 0 &&
    categories.length > 0 &&
    categories.every((path) => isWithin(path, leftOut));

/** "Others" leaves out all that was shown. */
export const whatWasShown = (ids: readonly string[]): Exclusion[] =>
  ids.length > 0 ? [{ ...emptyExclusion(), text: 'what was shown', item_ids: [...ids] }] : [];

/** Who tells of a purchase asks for nothing for somebody any longer: what followed from that falls, but not that no other is needed. */
export function forNobody(
  without: readonly Exclusion[],
  had: readonly string[],
  { lexicon }: Grammar,
): Exclusion[] {
  const kinds = had.flatMap((id) => kindOfItem(id, lexicon)?.categories ?? []);
  return without.filter(
    ({ assumed, categories }) =>
      !assumed || categories.length === 0 || kinds.some((path) => isWithin(path, categories)),
  );
}
