import { phrases } from '../words/phrases.ts';

/** Words that ask for an order by price. */
export const orderAt = phrases({
  cheapest: `the cheapest | the least i can spend on | the least i can spend | the least i can pay for | the least i can pay | the least expensive | cheapest | lowest price | lowest priced | least expensive | best value | the best value | most affordable |
    best price | cheap | inexpensive | affordable | low budget | on a budget | not too expensive | not expensive | no expensive | nothing expensive |
    not so expensive | not very expensive | good value | value for money | low cost | lowest cost | cheaply | low priced |
    budget friendly | wallet friendly | cheap and cheerful | a bargain | bargain | bargains | on the cheap | cheap as chips | easy on the wallet | does not cost much |
    does not cost a lot | does not cost the earth | does not cost a fortune | do not cost much | not cost the earth | not break the bank | does not break the bank`,
  dearest:
    'the most expensive | most expensive | dearest | priciest | highest price | highest priced | the most pricey | nothing cheap | not cheap | the best money can buy',
});
