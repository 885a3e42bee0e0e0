/**
 * Whether words of a language model hold a link, or a number that stands in nothing that it was given: whoever runs its
 * server could send people anywhere, or promise a price.
 */
export function claims(words: string, ...given: string[]): boolean {
  const known = new Set(given.flatMap(digitsIn));
  return link.test(words) || digitsIn(words).some((digits) => !known.has(digits));
}

/** An address of the web or of mail, with or without `https:`. */
const link = /:\/\/|www\.|@|\p{L}\.\p{L}{2}/iu;

const digitsIn = (text: string): string[] => text.match(/\p{N}+/gu) ?? [];
