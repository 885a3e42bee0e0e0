import type { Lexicon } from '../catalogue/lexicon.ts';

/** Share of a title's words, its brand left out, that were said. */
export function shareOfTitle(lexicon: Lexicon, item: number, stems: readonly string[]): number {
  const brand = lexicon.stemsOf(lexicon.items[item].brand);
  const title = lexicon.stemsOf(lexicon.titleOf(item)).filter((stem) => !brand.includes(stem));
  return title.length === 0 ? 0 : title.filter((stem) => stems.includes(stem)).length / title.length;
}
