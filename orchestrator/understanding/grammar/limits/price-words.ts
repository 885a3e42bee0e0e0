import { type Found, phrases } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';

const listed = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What a clause says of prices. `plain`: of what is wished for, not of a list. */
export type PriceWish = 'less' | 'more' | 'half' | 'cheapest' | 'dearest';
export interface PriceTalk {
  meaning: PriceWish;
  /** The places of the words that say it. */
  places: number[];
}

const cheap = listed('cheap cheaper inexpensive affordable economical reasonable cheaply');
const dear = listed(`expensive pricey pricier dear dearer costly costlier steep overpriced exorbitant`);
const finer = listed(
  'fancier posher classier premium upmarket upscale luxurious luxury exclusive special high',
);
const money =
  listed(`cost costs costing price prices priced pricing pay paying paid spend spending afford affords budget wallet purse bank money
  pocket pockets means value deal bucks`);
const lower = listed(
  'less lower low smaller small tighter tight little limited easy easier kinder gentler lighter better nicer friendlier friendly slim slimmer',
);
const complaining = listed('too over above beyond out not much hefty high more worth break broke steep');
const indifferent = listed('matter matters object important issue concern irrelevant care mind regardless');
const degrees = listed('too so very bit less more as rather quite really way far pretty awfully terribly');
const copulas = listed('is are was were looks look seems seem sounds feels');
const carried =
  listed(`a an the bit little far way quite rather really so very too much as than that this it those these them i we my our me us for of
  to on in is are was be were do does not no can could would will want wanted like need have hoping hope hoped looking thinking had got please something anything one ones
  option options alternative alternatives version versions item items product products`);

const idioms = phrases<PriceWish>({
  less: `a bit much | bit much | a fortune | rip off | a rip off | ripoff | a ripoff | daylight robbery | an arm and a leg | a bit rich | bit rich | too rich |
    rich for my blood | out of my league | out of my reach | too much | way too much | not that much | not so much | not quite so much | not quite that much | not as much |
    for less | cost the earth | costs the earth`,
  half: `half of that | half of it | half of this | half of what | half the price of | half the price | half that price | half that | half as much |
    half price | at half the price | for half the price | for half of that | half as expensive`,
  cheapest: `best value | the best value | best price | best deal | the best deal | good value | value for money | a bargain | bargain | bargains | on a budget | on a shoestring |
    on the cheap | dirt cheap | cheap as chips | cheap and cheerful | not break the bank | does not break the bank | not cost the earth | does not cost the earth |
    does not cost a fortune | not cost a fortune | low cost | lowest cost | budget friendly | wallet friendly | by price | as cheap as possible | the cheaper the better |
    low budget | the least i can spend on | the least i can spend | the least i can pay for | the least i can pay`,
  more: 'a step up | higher end | more high end',
  dearest: 'the best money can buy | best money can buy | money can buy | nothing cheap | not cheap',
});
const superlatives = phrases<'cheapest' | 'dearest'>({
  cheapest: `the cheapest | cheapest | the least expensive | least expensive | the lowest price | lowest price | the lowest priced | lowest priced | most affordable |
    the most affordable | most inexpensive | the most inexpensive | costs the least | cost the least | least money | the least money | the least costly | least costly`,
  dearest: `the most expensive | most expensive | dearest | the dearest | priciest | the priciest | highest price | the highest price | highest priced |
    the highest priced | the most pricey | most pricey | most costly | the most costly`,
});

/** What the clause from a place on says of prices; `isListed`: a list stands before it, which it may be about. */
export function priceTalk(
  tokens: readonly Token[],
  from: number,
  end: number,
  isListed: boolean,
  isSold: (token: Token) => boolean = () => false,
): PriceTalk | null {
  for (let at = from; at < end; at++) {
    const found = superlatives(tokens, at) ?? idiomAt(tokens, at, isListed);
    if (found) return { meaning: found.meaning, places: placesOf(at, found.length) };
  }
  const free = Array.from({ length: end - from }, (_, at) => from + at).filter((at) => !tokens[at].taken);
  const wordsIn = (words: ReadonlySet<string>) =>
    free.filter((at) => words.has(tokens[at].word) && !isSold(tokens[at]));

  const said = (word: string) => free.some((at) => tokens[at].word === word);
  const before = (at: number) => (tokens[at - 1]?.taken ? '' : (tokens[at - 1]?.word ?? ''));
  const isDenied = said('not') || said('no') || said('nothing') || said('without') || said('less');
  const adjective = free.find(
    (at) =>
      cheap.has(tokens[at].word) ||
      (dear.has(tokens[at].word) && (tokens[at].word !== 'dear' || degrees.has(before(at)))) ||
      (finer.has(tokens[at].word) && before(at) === 'more' && isListed) ||
      /^(?:fancier|posher|classier)$/.test(tokens[at].word),
  );
  if (adjective !== undefined) {
    const places = [adjective, ...leadOf(tokens, adjective, from)];
    const { word } = tokens[adjective];
    if (cheap.has(word)) {
      if (before(adjective) === 'too') return { meaning: 'more', places };
      const compares = word === 'cheaper' || (before(adjective) === 'more' && !said('than'));
      return {
        meaning: isListed && (compares || before(adjective) === 'more') ? 'less' : 'cheapest',
        places,
      };
    }
    const isMore = before(adjective) === 'more' || (/er$/.test(word) && word !== 'dear') || finer.has(word);
    if (isMore && !isDenied) return { meaning: 'more', places };
    const isJudged =
      degrees.has(before(adjective)) || isDenied || free.some((at) => copulas.has(tokens[at].word));
    if (!isJudged) return null;
    return { meaning: isListed ? 'less' : 'cheapest', places };
  }
  const sums = wordsIn(money);
  // Price is no object.
  if (sums.length === 0 || wordsIn(indifferent).length > 0) return null;
  // "A budget tent"
  const kind = sums.find(
    (at) => tokens[at].word === 'budget' && tokens[at + 1]?.kind === 'word' && !isCarried(tokens[at + 1]),
  );
  if (kind !== undefined) return { meaning: 'cheapest', places: [kind] };
  const low = wordsIn(lower);
  const bad = wordsIn(complaining);
  const places = [...sums, ...low, ...bad];
  if (low.length > 0) return { meaning: isListed ? 'less' : 'cheapest', places };
  if (bad.length === 0 || !isListed) return null;
  const isMore = said('more') && !isDenied && !said('than');
  return { meaning: isMore ? 'more' : 'less', places };
}

/** "Too much" only where nothing is counted: "too much caffeine". */
function idiomAt(tokens: readonly Token[], at: number, isListed: boolean): Found<PriceWish> | null {
  const found = idioms(tokens, at);
  if (!found) return null;
  const next = tokens[at + found.length];
  const isCounted =
    tokens[at + found.length - 1].word === 'much' && next?.kind === 'word' && !carried.has(next.word);
  if (
    isCounted ||
    (!isListed && (found.meaning === 'less' || found.meaning === 'more' || found.meaning === 'half'))
  )
    return null;
  return found;
}

/** "A bit too", "far less": what stands before such a word. */
function leadOf(tokens: readonly Token[], at: number, from: number): number[] {
  const places: number[] = [];
  for (
    let place = at - 1;
    place >= from && (degrees.has(tokens[place].word) || tokens[place].word === 'not');
    place--
  )
    places.push(place);
  return places;
}

const placesOf = (from: number, length: number) => Array.from({ length }, (_, at) => from + at);

/** Words that only carry what is said of a price. */
export const isCarried = ({ word }: Token): boolean => carried.has(word);

/** Words for a low price that stand before a thing: "a budget version of". */
export const isCheap = ({ word, taken }: Token): boolean => !taken && (cheap.has(word) || word === 'budget');
