// Scripts written without spaces between words: there the words have to be looked up.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const number = String.raw`\p{N}+(?:[.,]\p{N}+)+(?!\p{L})`;
const word = String.raw`[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*`;
const numberOrWord = new RegExp(`${number}|${word}`, 'gu');

let segmenter: Intl.Segmenter | undefined;

/** The words and numbers of a text in lower case (`SPF30`, `l'oreal`, `1.7`, `10,000` are one word each). */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  if (!unspaced.test(plain)) return plain.match(numberOrWord) ?? [];
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  return [...segmenter.segment(plain)].filter((part) => part.isWordLike).map((part) => part.segment);
}
