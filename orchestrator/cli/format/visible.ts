/**
 * Characters that control a terminal instead of being shown: control characters (escape sequences begin with one),
 * marks that change the writing direction, line separators. Ids, titles, names of files and words of a log may hold any
 * of them.
 */
const active = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text that is safe to print: characters that control the terminal are escaped, `\u001b`, as in JSON. */
export function visible(text: string): string {
  return text.replace(active, escaped);
}

/** The same for text that has to stay on one line. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\n\t]/g, escaped);
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
