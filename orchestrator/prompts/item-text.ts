import type { Item } from '../dataset/types.ts';

/** Longer texts of shops are cut here: the start of a description says what the thing is. */
export const longestTitle = 200;
const longestDescription = 300;

/** What a person would call the item; never empty. Falls back on brand and category, then keywords, then the id. */
export function titleOf(item: Item): string {
  const kind = [item.brand, item.categories.at(-1) ?? ''].join(' ');
  const text = plainText(item.title) || plainText(kind) || plainText(item.keywords.slice(0, 5).join(' '));
  return shorten(text, longestTitle) || plainText(item.item_id) || 'an item';
}

/** The description; where the data has none, the keywords, else categories and brand; else empty. */
export function descriptionOf(item: Item): string {
  const text =
    plainText(item.description) ||
    plainText(item.keywords.join(', ')) ||
    plainText([...item.categories, item.brand].filter(Boolean).join(', '));
  return shorten(text, longestDescription);
}

/**
 * A text on one line without markup. Without `<` and `>` no text can be taken for a code or a control token,
 * and without braces none looks like a placeholder.
 */
export function plainText(text: string): string {
  return text
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/[<>{}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** The first `length` characters at most, ended at a word's end where there is one in the second half. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length + 1);
  const wordEnd = cut.lastIndexOf(' ');
  // Half of a surrogate pair must not remain.
  if (wordEnd < length / 2) return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
  return cut.slice(0, wordEnd).replace(/[\s,;:.-]+$/, '');
}

export function hasText(item: Item): boolean {
  return plainText(item.title) !== '' || descriptionOf(item) !== '';
}
