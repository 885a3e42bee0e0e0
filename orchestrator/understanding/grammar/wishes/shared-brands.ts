import { beginsThing } from '../../words/filler-words.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import { phraseOf } from '../phrase.ts';

/** "Wuffi leashes or toys": a brand that begins a list is that of all in it, where it has them. */
export function sharedBrands(parts: readonly Token[][], grammar: Grammar): Token[][] {
  const { lexicon, things } = grammar;
  let open: Token | null = null;
  return withBrands(parts, grammar).map((part) => {
    const brand = part.find((token) => token.brand && !token.taken) ?? null;
    const first = part.find(({ taken, kind }) => !taken && kind === 'word');
    const head = phraseOf(part, lexicon)?.head;
    if (brand || !head || part.some(({ word }) => beginsThing.has(word))) {
      open = brand && brand === first && head ? brand : null;
      return part;
    }
    const made = open?.brand ? things({ stems: [head.stem], head: head.stem, brands: [open.brand] }) : null;
    return open && made?.held.has(head.stem) ? [open, ...part] : part;
  });
}

/** "Wuffi or Pawsome leashes": a brand alone shares the thing of the next one. */
function withBrands(parts: readonly Token[][], { lexicon }: Grammar): Token[][] {
  const joined: Token[][] = [];
  let open: Token[] = [];
  for (const [at, part] of parts.entries()) {
    const next = parts[at + 1];
    const isBrand = part.some(({ brand }) => brand) && phraseOf(part, lexicon) === null;
    const isShared = next?.some(({ brand }) => brand) && phraseOf(next, lexicon) !== null;
    if (isBrand && isShared) open = [...open, ...part];
    else {
      joined.push([...open, ...part]);
      open = [];
    }
  }
  return joined;
}
