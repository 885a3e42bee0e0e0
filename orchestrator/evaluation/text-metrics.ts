/** Words in lower case, punctuation aside. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * ROUGE-L (Lin 2004): F1 of the longest common subsequence of words, from 0 to 1. Two texts without words are alike.
 */
export function rougeL(candidate: string, reference: string): number {
  const [own, wanted] = [wordsOf(candidate), wordsOf(reference)];
  if (own.length === 0 || wanted.length === 0) return own.length === wanted.length ? 1 : 0;
  const common = longestCommonSubsequence(own, wanted);
  return (2 * common) / (own.length + wanted.length);
}

/** Whether both have the same words in the same order. */
export function sameWords(candidate: string, reference: string): boolean {
  return wordsOf(candidate).join(' ') === wordsOf(reference).join(' ');
}

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  let above = new Int32Array(b.length + 1);
  for (const word of a) {
    const row = new Int32Array(b.length + 1);
    for (let at = 0; at < b.length; at++)
      row[at + 1] = word === b[at] ? above[at] + 1 : Math.max(row[at], above[at + 1]);
    above = row;
  }
  return above[b.length];
}
