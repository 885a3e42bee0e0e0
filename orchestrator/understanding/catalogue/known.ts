import { relatedForms } from '../words/stems.ts';
import type { Token } from '../words/tokens.ts';
import type { Lexicon } from './lexicon.ts';

/** The stem by which the catalogue knows a word, or one of its other forms: "grind" is in "grinder". */
export function known({ stem, word }: Token, { names, texts }: Lexicon): string | null {
  if (names.has(stem)) return stem;
  if (names.has(word)) return word;
  const forms = relatedForms(stem).filter((form) => names.has(form));
  const best = forms.sort((a, b) => (names.get(b)?.length ?? 0) - (names.get(a)?.length ?? 0))[0];
  return best ?? (texts.has(stem) ? stem : null);
}
