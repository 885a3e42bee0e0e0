const worthALook = /\d{16}|\b(?:NaN|Infinity)\b/;
const tokens = /-?(?:\bNaN\b|\bInfinity\b)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON as data come: whole numbers too long for a double keep their digits, as texts (ids of 64 bits), and
 * `NaN` and `Infinity`, which Python's json writes, are null. Throws what JSON.parse throws.
 */
export function parseJsonText(text: string): unknown {
  return JSON.parse(worthALook.test(text) ? mendOutsideOfTexts(text) : text);
}

/** In one pass, so that no line, however broken, takes long. */
function mendOutsideOfTexts(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('"', at);
    parts.push(text.slice(at, open < 0 ? undefined : open).replace(tokens, mended));
    if (open < 0) break;
    at = endOfText(text, open);
    parts.push(text.slice(open, at));
  }
  return parts.join('');
}

/** The place behind the quotation mark that closes the text opened at `open`. */
function endOfText(text: string, open: number): number {
  for (let close = open; ; ) {
    close = text.indexOf('"', close + 1);
    if (close < 0) return text.length;
    let backslashes = 0;
    while (text[close - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return close + 1;
  }
}

function mended(token: string): string {
  if (/[NI]/.test(token)) return 'null';
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}
