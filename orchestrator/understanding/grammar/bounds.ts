import { phrases } from '../words/phrases.ts';

/** Words before a number that bound it. */
export const boundAt = phrases({
  between: 'between | from | in between | anywhere between | anywhere from',
  max: `under | below | less than | lower than | up to | at most | max | maximum | maximum of | a maximum of | no more than |
    not more than | not over | not above | cheaper than | within | for less than | for under | for max | for up to | until |
    not exceeding | a budget of | budget of | budget is | budget | my budget is | costing less than | costs less than |
    cost less than | beneath | priced under | priced below | no higher than | spend | can spend | maximal`,
  min: `at least | over | above | more than | starting at | starting from | minimum | min | a minimum of | no less than |
    not less than | not under | not below | upwards of | more expensive than | dearer than | priced over | costing more than |
    costs more than | beyond | exceeding`,
  around: 'around | about | roughly | approximately | circa | ca | approx | near | something like',
});

/** Words behind a number that bound it. */
export const boundBehind = phrases({
  max: 'or less | or cheaper | or under | or below | max | maximum | tops | at most | at the most | or lower',
  min: 'or more | and up | or over | and more | and above | or above | minimum | at least | upwards | plus',
});
