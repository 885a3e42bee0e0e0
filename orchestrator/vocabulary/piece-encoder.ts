import type { AddedToken } from './tokenizer-files.ts';

/** Pieces kept before the memory is emptied: some tens of MB at most. */
const maximalPieces = 50_000;

/**
 * An encoder that cuts a text at its added tokens and remembers the ids of the pieces between them. Prompts repeat
 * the same pieces (", " between codes, a template's words), so most of them are encoded once.
 *
 * Exact, because every runtime splits a text at the added tokens before anything else, and encodes each piece by
 * itself; only whether a piece stands at the start of the text can matter (LLaMA's prefix space).
 */
export function createPieceEncoder(
  added: readonly AddedToken[],
  encodeWhole: (text: string) => number[],
): (text: string) => number[] {
  // Tokens that strip the text around them cannot be cut out.
  if (added.some((token) => token.lstrip || token.rstrip || token.single_word || token.normalized))
    return encodeWhole;
  const texts = added.map(({ content }) => content).filter((text) => text !== '');
  if (texts.length === 0 || someStartsAnother(texts)) return encodeWhole;
  const idsByText = new Map(added.map(({ content, id }) => [content, id]));
  const pattern = shapesOf(texts);
  const marker = texts[texts.length - 1];
  const remembered = new Map<string, number[]>();

  const encodePiece = (piece: string, atStart: boolean): number[] => {
    const key = atStart ? `^${piece}` : `>${piece}`;
    let ids = remembered.get(key);
    if (!ids) {
      ids = atStart ? encodeWhole(piece) : encodeWhole(marker + piece).slice(1);
      if (remembered.size >= maximalPieces) remembered.clear();
      remembered.set(key, ids);
    }
    return ids;
  };

  return (text) => {
    const ids: number[] = [];
    let from = 0;
    for (const match of text.matchAll(pattern)) {
      const id = idsByText.get(match[0]);
      // Looks like a token but is not one (`<a_99999>`): its characters may belong to another token.
      if (id === undefined) return encodeWhole(text);
      if (match.index > from) append(ids, encodePiece(text.slice(from, match.index), from === 0));
      ids.push(id);
      from = match.index + match[0].length;
    }
    if (from < text.length) append(ids, encodePiece(text.slice(from), from === 0));
    return ids;
  };
}

function append(ids: number[], more: number[]): void {
  for (const id of more) ids.push(id);
}

function someStartsAnother(texts: string[]): boolean {
  const sorted = [...texts].sort((a, b) => (a < b ? -1 : 1));
  return sorted.some((text, at) => at > 0 && text.startsWith(sorted[at - 1]));
}

/** Matches the texts, with any number in place of theirs: thousands of codes become one alternative a level. */
function shapesOf(texts: string[]): RegExp {
  const shapes = texts.map((text) => {
    const escaped = text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
    return /\d$/.test(text) ? escaped : escaped.replace(/\d+/g, '\\d+');
  });
  return new RegExp([...new Set(shapes)].join('|'), 'g');
}
