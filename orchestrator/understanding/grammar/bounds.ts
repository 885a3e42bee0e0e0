import { type Found, phrases } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';

export type Bound = 'between' | 'max' | 'min' | 'around';

/** Words before a number that bound it; denied, they bound it from the other side: "nothing over 90". */
export function boundAt(tokens: readonly Token[], at: number): Found<Bound> | null {
  const denied = denials(tokens, at)?.length ?? 0;
  const found = bounds(tokens, at + denied);
  if (!found || denied === 0) return found;
  if (found.meaning === 'between' || found.meaning === 'around') return null;
  return { meaning: found.meaning === 'min' ? 'max' : 'min', length: denied + found.length };
}

const denials = phrases({
  not: `no | not | nothing | none | never | without | nothing that is | nothing that costs | nothing which costs | not anything |
    nothing priced | nothing costing | neither | nor | not to be | should not be | must not be | not be | not cost | not go`,
});
const bounds = phrases<Bound>({
  between: 'between | from | in between | anywhere between | anywhere from',
  max: `under | below | less than | lower than | up to | at most | max | maximum | maximum of | a maximum of | cheaper than |
    within | for less than | for under | for max | for up to | until | a budget of | budget of | budget is | budget | my budget is |
    costing less than | costs less than | cost less than | beneath | priced under | priced below | spend | can spend | maximal | i only have | only have | we only have | i have only | have only | i only got | only got |
    can afford | can go up to`,
  min: `at least | over | above | more than | starting at | starting from | minimum | min | a minimum of | upwards of |
    more expensive than | higher than | dearer than | priced over | costing more than | costs more than | beyond | exceeding`,
  around: 'around | about | roughly | approximately | circa | ca | approx | near | something like',
});

/** Words behind a number that bound it. */
export const boundBehind = phrases({
  max: 'or less | or cheaper | or under | or below | max | maximum | tops | at most | at the most | or lower',
  min: 'or more | and up | or over | and more | and above | or above | minimum | at least | upwards | plus',
});
