import { functionWords } from '../../words/filler-words.ts';
import { type Found, phrases } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';

export type Bound = 'between' | 'max' | 'min' | 'around';

/** What bounds a number. `isWeak`: words for paying or having, which say no more than that the number may be an amount. */
export interface SaidBound {
  meaning: Bound;
  isWeak: boolean;
  /** The first of the words that say it, or the place behind the last of them. */
  edge: number;
}

const before = phrases<Bound>({
  between: 'between | in between | anywhere between | anywhere from',
  max: `under | below | beneath | within | sub | until | less than | lower than | cheaper than | at most | at the most | up to | as much as |
    as high as | max | maximum | maximal | maximally | budget | limit | ceiling | cap | capped at | limited to | < | ≤ | <=`,
  min: `over | above | beyond | more than | higher than | dearer than | pricier than | more expensive than | at least | starting | starting at |
    starting from | from | upwards of | north of | in excess of | exceed | exceeds | exceeding | min | minimum | minimal | > | ≥ | >=`,
  around: `around | about | roughly | approximately | circa | ca | approx | near | close to | something like | somewhere around | in the region of |
    give or take`,
});
/** Of what is measured, and of no price: "smaller than 8 l". */
const beforeMeasure = phrases<'max' | 'min'>({
  max: 'smaller than | lighter than | shorter than | narrower than | thinner than',
  min: 'bigger than | larger than | heavier than | longer than | taller than | wider than | thicker than',
});
const behind = phrases<'max' | 'min' | 'around'>({
  max: `or less | or cheaper | or under | or below | or lower | and under | and below | and less | max | maximum | tops | at most | at the most | limit |
    budget | cap | ceiling | to spend | all in | not more | no more | not a cent more | not a penny more | is all | all i have | all we have`,
  min: 'or more | or over | or above | or up | and up | and more | and above | and over | and upwards | up | upwards | plus | + | minimum | min | at least | at the least',
  around:
    'ish | or so | or so at most | or thereabouts | odd | more or less | give or take | or about | or around | roughly',
});
/** Where a number is asked for, these say that it is a price. */
const paying = new Set(
  `spend spending pay paying afford part stretch willing cost costs costing priced have got only budget worth invest fork shell set sets
  keep limit splash go`.split(/\s+/),
);
const alsoSaid = new Set('price tag budget limit range penny cent total mark back € $ £ : eur'.split(' '));
const denials = new Set('no not nothing none never neither nor without'.split(' '));
const shortened = new Set('max min approx ca'.split(' '));
const among = new Set('them these those it all'.split(' '));
const ends = new Set('and or but plus then with for in of on i'.split(' '));
const farthest = 8;

/** The bound that the words before a number say, the nearest counts; denied, it is the other: "nothing over 90". */
export function boundBefore(tokens: readonly Token[], at: number, ofMeasure = false): SaidBound | null {
  let found: SaidBound | null = null as SaidBound | null;
  for (let place = at - 1; place >= Math.max(0, at - farthest); place--) {
    const { word, taken, bound, kind } = tokens[place];
    if (taken || bound || kind === 'number') break;
    // "Max. 25"
    if (word === '.' && shortened.has(tokens[place - 1]?.word ?? '')) continue;
    const bounding = before(tokens, place) ?? (ofMeasure ? beforeMeasure(tokens, place) : null);
    const said: Found<Bound> | null = found?.isWeak === false ? null : bounding;
    const isBehindIt = said && place + said.length <= (found?.edge ?? at);
    if (said && isBehindIt) found = { meaning: said.meaning, isWeak: false, edge: place };
    else if (denials.has(word)) return found && { ...found, meaning: denied(found), edge: place };
    else if (paying.has(word)) found = found ? { ...found, edge: place } : weakly(place);
    else if (found && alsoSaid.has(word)) found = { ...found, edge: place };
    else if (!isCarried(tokens, place, found !== null)) break;
  }
  return found;
}

const weakly = (edge: number): SaidBound => ({ meaning: 'max', isWeak: true, edge });
const denied = ({ meaning, isWeak }: SaidBound): Bound =>
  isWeak || meaning === 'min' ? 'max' : meaning === 'max' ? 'min' : meaning;

/** Words between a number and what bounds it: "under a *total of*", "not *want to* spend *more than*". */
function isCarried(tokens: readonly Token[], at: number, isFound: boolean): boolean {
  const { word } = tokens[at];
  if (alsoSaid.has(word)) return true;
  // "None of them above 15"
  if (word === 'of' && among.has(tokens[at + 1].word)) return true;
  if (ends.has(word)) return !isFound && (word === 'of' || word === 'for');
  return functionWords.has(word);
}

/** The bound that the words behind a number say: "40 at most", "40 is my limit", "60 and up". */
export function boundBehind(tokens: readonly Token[], at: number): SaidBound | null {
  for (let place = at; place < Math.min(tokens.length, at + farthest); place++) {
    const said = behind(tokens, place);
    if (said) return { meaning: said.meaning, isWeak: false, edge: pastRest(tokens, place + said.length) };
    const { word, taken } = tokens[place];
    if (taken || !(copulas.has(word) || owners.has(word) || (word === 'not' && place > at))) return null;
  }
  return null;
}
const copulas = new Set('is would should be'.split(' '));
const owners = new Set('my our the a absolute'.split(' '));

/** "40 is all *I have got*". */
function pastRest(tokens: readonly Token[], from: number): number {
  let at = from;
  while (rest.has(tokens[at]?.word ?? '') && !tokens[at].taken) at++;
  return at;
}
const rest = new Set(
  'i we have got can could afford spend pay a cent penny that more each please'.split(' '),
);
