import { isFiller } from '../../words/filler-words.ts';
import { take } from '../../words/phrases.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';

/** Reads values of the items' attributes as limits: "in blue" where items have colours. */
export function readAttributes({ tokens, heard }: Reading, { lexicon }: Grammar): void {
  for (let at = 0; at < tokens.length; at++) {
    for (const length of [2, 1]) {
      const words = tokens.slice(at, at + length);
      if (
        words.length < length ||
        words.some(({ kind, taken, bound, word }) => kind !== 'word' || taken || bound || isFiller(word))
      )
        continue;
      const found = lexicon.attributes.valued(words.map(({ word }) => word).join(' '));
      // What categories are called is a kind of thing.
      if (!found || words.some(({ stem }) => lexicon.categories.named(stem).length > 0)) continue;
      take(tokens, at, length);
      const { field, value } = found;
      const same = heard.limits.find((limit) => limit.field === field);
      if (same) same.values.push(value);
      else heard.limits.push({ text: value.toLowerCase(), field, min: null, max: null, values: [value] });
    }
  }
}
