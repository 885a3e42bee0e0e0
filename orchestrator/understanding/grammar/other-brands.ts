import type { Lexicon } from '../catalogue/lexicon.ts';
import { emptyExclusion } from '../intent.ts';
import { phrases, take } from '../words/phrases.ts';
import type { Reading } from './heard.ts';
import { referenceAt } from './references.ts';

const others = phrases({
  brand: `a different brand | another brand | different brands | other brands | some other brand | any other brand | a different make | another make | other makes |
    a different maker | another maker | a different manufacturer | another manufacturer | not the same brand | not that brand | not this brand`,
});
const behind = phrases({ than: 'than | from | to | but not | instead of' });

/** "A different brand than the first": items of the brand of an item of the list are not wanted; of the first, where none is named. */
export function readOtherBrands(reading: Reading, lexicon: Lexicon): void {
  const { tokens, shown, spoken, heard } = reading;
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
}
