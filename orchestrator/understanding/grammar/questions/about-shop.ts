import type { Lexicon } from '../../catalogue/lexicon.ts';
import { isFiller } from '../../words/filler-words.ts';
import { mayBeGoods } from '../../words/parts-of-speech.ts';
import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { clausesOf } from '../clauses.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { talksOfPrices } from '../limits/compare-prices.ts';

/** What shops are asked about themselves. A word that the catalogue's things are called by is none of these. */
const topicAt = phrases({
  delivery:
    'deliver | delivers | delivery | deliveries | delivering | delivered | you ship | ship to | ships to | ship it | shipping | shipped | shipment | postage | arrive | arrives',
  returns:
    'return | returns | returned | returning | refund | refunds | refunded | exchange | send it back | send them back | bring it back | money back',
  payment:
    'pay | paying | payment | payments | paypal | klarna | visa | mastercard | credit card | credit cards | debit card | invoice | instalments | installments | checkout',
  'opening hours':
    'opening hours | opening times | you open | you close | you closed | store open | shop open | your hours',
  discounts:
    'discount | discounts | voucher | vouchers | coupon | coupons | promo code | promo codes | discount code | loyalty | loyalty card | membership | price match',
  'gift cards':
    'gift card | gift cards | gift voucher | gift vouchers | gift certificate | gift certificates',
  orders:
    'my order | my orders | my parcel | my package | an order | order status | order number | tracking number | track it | track my delivery | track my purchase | track my items',
  contact: `a human | a real human | real person | an agent | representative | talk to | talk with | speak to | speak with | chat with | contact you | contact details | contact support | contact someone | contact somebody | customer service |
    customer support | customer care | support team | phone number | by phone | email address | your email | call you | complaint | complain | hotline | helpline`,
  'the shop':
    'your address | you located | you based | physical store | a shop in | a store in | shops in | stores in | physical shop | showroom | a branch in | branches in | nearest branch | vacancies | you hiring',
  accounts:
    'my account | an account | my password | password | newsletter | privacy policy | my data | log in | login | sign up',
  warranty: 'warranty | warranties | guarantee | guarantees',
  none: 'pay attention | pay heed | pay tribute | return to | returning to | talk to my | talk with my | speak to my | speak with my | chat with my | you open it | you open a',
});
const asking = phrases({
  anywhere: `do you | do i | can i | can you | could i | could you | may i | might i | shall i | should i | will you | will i | would you | is there | are there | is it possible |
    are you | is your | are your | how do | how can | how long | how fast | how soon | how quickly | have you | i want to | i would like to | i need to | i have to | i wish to |
    let me | tell me about | any chance | what if`,
  first: 'how | what | which | when | where | who | why | does | is | are | will | any | please',
});
const pointing = new Set('the this that these those my it them first second third last'.split(' '));

/** Reads a question about the shop itself: "do you deliver to Wales?". What is wished for beside it stays to be read. */
export function readAboutShop(reading: Reading, { lexicon }: Grammar): void {
  const { tokens, heard } = reading;
  for (const { from, end } of clausesOf(tokens)) {
    const start = indexIn(from, end, (at) => isAsking(tokens, from, at));
    const place = indexIn(start ?? from, end, (at) => topicOf(tokens, at, lexicon) !== null);
    const topic = place === null ? null : topicOf(tokens, place, lexicon);
    if (place === null || topic === null) continue;
    const rest = [...tokens.slice(start ?? from, place), ...tokens.slice(place + topic.length, end)];
    const named = rest.find((token) => names(token, lexicon));
    const isAsked =
      start !== null || (!named && rest.every(({ word, kind }) => kind === 'sign' || isFiller(word)));
    const isMoney =
      talksOfMoney(tokens.slice(from, end), reading.shown.length > 0) ||
      // "Extra for the red pot", but not "extra for delivery"
      (named && rest.some(({ word }) => word === 'extra'));
    const isPrice = topic.meaning === 'payment' && isMoney;
    if (!isAsked || isPrice) continue;
    heard.question = { item_ids: [], field: topic.meaning };
    const isOne = named !== undefined && pointing.has(tokens[tokens.indexOf(named) - 1]?.word ?? '');
    // "Do you deliver dog food?" wishes for it, too.
    const lead = tokens[place - 1]?.word === 'free' ? 1 : 0;
    if (named && !isOne) take(tokens, place - lead, topic.length + lead);
    else take(tokens, start ?? from, end - (start ?? from));
  }
}

/** "Is delivery free?", but not "the baby is about to arrive". */
function isAsking(tokens: readonly Token[], from: number, at: number): boolean {
  const isFirst = () => tokens.slice(from, at).every(({ word }) => opening.has(word));
  const found = asking(tokens, at);
  return found !== null && (found.meaning === 'anywhere' || isFirst());
}
const opening = new Set('and or but so also ok okay well hi hello hey then just'.split(' '));

function indexIn(from: number, end: number, isIt: (at: number) => boolean): number | null {
  for (let at = from; at < end; at++) if (isIt(at)) return at;
  return null;
}

/** A "Gift Card Box", or a shipping box, may be for sale; nor is it the shop of which "a toy that returns" tells. */
function topicOf(tokens: readonly Token[], at: number, lexicon: Lexicon) {
  const { names, isBeside } = lexicon;
  const found = topicAt(tokens, at);
  if (!found || found.meaning === 'none' || isTold(tokens, at)) return null;
  const next = tokens[at + found.length];
  const isDone = doers.has(tokens[at + found.length - 2]?.word ?? '');
  if (!isDone && next && !topicAt(tokens, at + found.length) && isGoods(next, lexicon)) return null;
  const [first, second] = tokens.slice(at, at + 2);
  const isSold = found.length === 1 ? names.has(first.stem) : isBeside(first.stem, second.stem);
  return isSold ? null : found;
}

/** "A toy that", but not "and which". */
const isTold = (tokens: readonly Token[], at: number) =>
  relative.has(tokens[at - 1]?.word ?? '') &&
  tokens[at - 2]?.kind === 'word' &&
  !opening.has(tokens[at - 2].word);
const relative = new Set('that which who'.split(' '));
/** "Do *you* deliver guitars?" */
const doers = new Set('you i we to'.split(' '));
/** "An exchange kit", but not "a discount card". */
const isGoods = (token: Token, lexicon: Lexicon) =>
  !services.has(token.stem) && !isFiller(token.word) && (lexicon.names.has(token.stem) || mayBeGoods(token));
const services = new Set('card label code insurance service'.split(' '));

const names = ({ kind, word, stem, brand }: Token, lexicon: Lexicon) =>
  brand !== null || (kind === 'word' && !isFiller(word) && lexicon.names.has(stem));

const talksOfMoney = (clause: readonly Token[], isListed: boolean) =>
  talksOfPrices(clause, isListed) ||
  clause.some(({ kind, word }) => kind === 'number' || word === 'much' || word === 'more');
