import type { Lexicon } from '../../catalogue/lexicon.ts';
import { emptyExclusion } from '../../intent.ts';
import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { clausesOf } from '../clauses.ts';
import type { Reading } from '../heard.ts';
import { referenceAt } from '../items/references.ts';

const others = phrases({
  brand: `a different brand | another brand | different brands | other brands | some other brand | any other brand | a different make | another make | other makes |
    a different maker | another maker | a different manufacturer | another manufacturer | not the same brand | not that brand | not this brand`,
});
const behind = phrases({ than: 'than | from | to | but not | instead of' });

/**
 * "A different brand than the first": items of the brand of an item of the list are not wanted; of the first, where none is
 * named. "Any brand", "not only Wuffi", "other brands, too": whichever was asked for is asked for no longer.
 */
export function readOtherBrands(reading: Reading, lexicon: Lexicon): void {
  const { tokens, shown, spoken, heard } = reading;
  for (const clause of clausesOf(tokens)) freeIn(clause.from, clause.end);
  if (shown.length === 0) return;
  for (let at = 0; at < tokens.length; at++) {
    const found = others(tokens, at);
    if (!found) continue;
    const from = at + found.length;
    const than = behind(tokens, from)?.length ?? 0;
    const reference = than > 0 ? referenceAt(tokens, from + than, reading, lexicon, true) : null;
    take(tokens, at, found.length + (reference ? than + reference.length : 0));
    const ids = reference?.ids ?? (spoken.length > 0 ? spoken : shown).slice(0, 1);
    const brands = [
      ...new Set(ids.map((id) => lexicon.items[lexicon.byId.get(id) ?? -1]?.brand ?? '')),
    ].filter(Boolean);
    for (const brand of brands) heard.without.push({ ...emptyExclusion(), text: brand, brands: [brand] });
  }

  function freeIn(from: number, end: number): void {
    const places = Array.from({ length: end - from }, (_, place) => from + place);
    const span = anyAt(tokens, places) ?? indifferentAt(tokens, places) ?? notOnlyAt(tokens, places);
    if (!span) return;
    const lead = sources.has(tokens[span.from - 1]?.word ?? '') ? 1 : 0;
    take(tokens, span.from - lead, span.end - span.from + lead);
    heard.freesBrand = true;
  }
}

interface Span {
  from: number;
  end: number;
}

const nouns = new Set('brand brands make makes maker makers manufacturer manufacturers'.split(' '));
/** "Makes" may be said of anybody. */
const plainNouns = new Set([...nouns].filter((word) => !/^makes?$/.test(word)));
const sources = new Set(['from', 'by', 'of']);
const everyOne = new Set('any all every each whatever whichever'.split(' '));
const additive = new Set('too also well fine ok okay'.split(' '));
const indifferent = phrases({
  all: `not matter | no matter | matters not | regardless | irrespective | not important | unimportant | not care | not mind | irrelevant | secondary |
    not so important | not that important | not fixed | open`,
});
const notOnly = phrases({
  all: `not only | not just | not necessarily | not exclusively | not have to be | not need to be | need not be | not bound to | not fixed on | not set on`,
});

/** "Any brand", "all of the makers", and "other brands as well". */
function anyAt(tokens: readonly Token[], places: readonly number[]): Span | null {
  for (const at of places) {
    if (tokens[at].taken || !nouns.has(tokens[at].word)) continue;
    const from = [at - 1, at - 2, at - 3].find((place) => everyOne.has(tokens[place]?.word ?? ''));
    const isOther = others(tokens, at - 1) ?? others(tokens, at - 2);
    if (from !== undefined && !isOther) return { from, end: at + 1 };
    const added = places.find((place) => place > at && additive.has(tokens[place].word));
    const lead = tokens[at - 2]?.word === 'some' || tokens[at - 2]?.word === 'any' ? 2 : 1;
    if (isOther && added !== undefined) return { from: at - lead, end: added + 1 };
  }
  return null;
}

/** "The brand does not matter", "regardless of the maker". */
function indifferentAt(tokens: readonly Token[], places: readonly number[]): Span | null {
  const noun = places.find((at) => plainNouns.has(tokens[at].word) && !tokens[at].taken);
  const said = places.flatMap((at) => {
    const found = indifferent(tokens, at);
    return found ? [{ from: at, end: at + found.length }] : [];
  })[0];
  if (noun === undefined || !said) return null;
  const from = Math.min(noun, said.from);
  return { from: tokens[from - 1]?.word === 'the' ? from - 1 : from, end: Math.max(noun + 1, said.end) };
}

/** "Not only Wuffi", "it does not have to be from Wuffi". */
function notOnlyAt(tokens: readonly Token[], places: readonly number[]): Span | null {
  for (const at of places) {
    const found = notOnly(tokens, at);
    if (!found) continue;
    let brand = at + found.length;
    while (sources.has(tokens[brand]?.word ?? '') || tokens[brand]?.word === 'the') brand++;
    if (!tokens[brand]?.brand) continue;
    let end = brand + 1;
    while (tokens[end]?.bound && tokens[end].taken) end++;
    const isAux = ['does', 'do', 'need', 'is', 'am'].includes(tokens[at - 1]?.word ?? '');
    return { from: isAux ? at - 1 : at, end };
  }
  return null;
}
