import { phrases } from '../words/phrases.ts';

/** Words that ask for an order by price. */
export const orderAt = phrases({
  cheapest: `the cheapest | cheapest | lowest price | lowest priced | least expensive | best value | the best value | most affordable |
    best price | cheap | inexpensive | affordable | low budget | on a budget | not too expensive | not expensive | no expensive | nothing expensive |
    not so expensive | not very expensive | good value | value for money | low cost | lowest cost | cheaply | low priced`,
  dearest:
    'the most expensive | most expensive | dearest | priciest | highest price | highest priced | the most pricey | nothing cheap | not cheap | the best money can buy',
});
