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
    nothing priced | nothing costing | neither | nor | not to be | should not be | must not be | not be | not cost | not go | not spend |
    not pay | not want to spend | not want to pay | not wanting to spend | not want to go | not willing to pay | not part with | not a penny |
    not a cent | not be spending | not be paying | not looking to spend`,
});
const bounds = phrases<Bound>({
  between: 'between | from | in between | anywhere between | anywhere from',
  max: `under | below | less than | lower than | up to | at most | max | maximum | maximum of | a maximum of | cheaper than |
    within | for less than | for under | for max | for up to | until | a budget of | budget of | budget is | budget | my budget is |
    costing less than | costs less than | cost less than | beneath | priced under | priced below | spend | can spend | maximal | i only have | only have | we only have | i have only | have only | i only got | only got |
    can afford | can go up to | sub | max is | maximum is | the max is | my max is | limit is | my limit is | limit of | a limit of | ceiling of | cap of | capped at |
    limited to | no higher than | as much as | stretch to | can stretch to | go to | go up to | go as high as | < | ≤ | <=`,
  min: `at least | over | above | more than | starting at | starting from | minimum | min | a minimum of | upwards of |
    more expensive than | higher than | dearer than | pricier than | priced over | costing more than | costs more than | cost more than | beyond | exceed | exceeds |
    exceeding | in excess of | go over | go above | go beyond | going over | going above | north of | > | ≥ | >=`,
  around:
    'around | about | roughly | approximately | circa | ca | approx | near | something like | somewhere around | in the region of | close to | give or take',
});

/** Words behind a number that bound it. */
export const boundBehind = phrases({
  max: 'or less | or cheaper | or under | or below | and under | and below | max | maximum | tops | at most | at the most | or lower | to spend | all in | budget',
  min: 'or more | and up | or over | and more | and above | or above | and over | minimum | at least | upwards | plus',
  around: 'ish | or so | or thereabouts | odd | more or less | give or take | or about | or around',
});
