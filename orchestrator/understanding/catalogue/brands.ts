import type { Token } from '../words/tokens.ts';
import { tokensOf } from '../words/tokens.ts';

export interface Brand {
  name: string;
  stems: string[];
  items: number[];
}

export interface Brands {
  add(name: string, item: number): void;
  /** The brand that begins at a place, and how many words it takes; signs inside it do not count ("Dr. Weiss"). */
  at(tokens: readonly Token[], at: number): { brand: Brand; length: number } | null;
  /** Brands with this word in their names. */
  withWord(stem: string): Brand[];
}

const mostBrandWords = 8;

export function createBrands(): Brands {
  const byName = new Map<string, Brand>();
  const byFirst = new Map<string, Brand[]>();
  const byWord = new Map<string, Brand[]>();
  const push = (map: Map<string, Brand[]>, stem: string, brand: Brand) => {
    const same = map.get(stem);
    if (same) same.push(brand);
    else map.set(stem, [brand]);
  };
  return {
    add(name, item) {
      const known = byName.get(name);
      if (known) {
        known.items.push(item);
        return;
      }
      const stems = stemsOf(tokensOf(name, mostBrandWords));
      if (stems.length === 0) return;
      const brand: Brand = { name, stems, items: [item] };
      byName.set(name, brand);
      push(byFirst, stems[0], brand);
      for (const stem of new Set(stems)) push(byWord, stem, brand);
    },
    at(tokens, at) {
      let best: { brand: Brand; length: number } | null = null;
      for (const brand of byFirst.get(tokens[at]?.stem) ?? []) {
        const length = lengthOf(brand, tokens, at);
        if (length > (best?.length ?? 0)) best = { brand, length };
      }
      return best;
    },
    withWord: (stem) => byWord.get(stem) ?? [],
  };
}

/** How many tokens a brand takes here, 0 if it is not named; "and" stands for "&". */
function lengthOf(brand: Brand, tokens: readonly Token[], from: number): number {
  let at = from;
  for (const stem of brand.stems) {
    while (at > from && isInside(tokens[at])) at++;
    if (tokens[at]?.taken || tokens[at]?.stem !== stem) return 0;
    at++;
  }
  return at - from;
}

const isInside = (token: Token | undefined) =>
  token !== undefined && ((token.kind === 'sign' && '.&+-'.includes(token.word)) || token.word === 'and');
const stemsOf = (tokens: readonly Token[]) =>
  tokens.filter(({ kind, word }) => kind !== 'sign' && word !== 'and').map(({ stem }) => stem);
