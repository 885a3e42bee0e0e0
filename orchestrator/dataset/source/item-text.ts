import type { Item } from '../types.ts';
import { checkedId } from './checked-event.ts';
import { parsePythonLiteral } from './python-literal.ts';

const entities: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ' };

/** Makes an item from whatever a source holds for its fields; throws `BrokenLine` without an id. */
export function itemOf(
  id: unknown,
  fields: {
    title?: unknown;
    description?: unknown;
    categories?: unknown;
    brand?: unknown;
    keywords?: unknown;
  },
): Item {
  return {
    item_id: checkedId(id, 'item id'),
    title: plainText(fields.title),
    description: plainText(fields.description),
    categories: listOf(fields.categories, /[|;]/),
    brand: plainText(fields.brand),
    keywords: listOf(fields.keywords, /[|;,]/),
  };
}

/** An item that the metadata does not know. */
export function itemWithoutText(itemId: string): Item {
  return { item_id: itemId, title: '', description: '', categories: [], brand: '', keywords: [] };
}

/** Text, a number or a list of them as one line without tags and entities; `nan` and the like are empty. */
export function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).filter(Boolean).join(' ');
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string' || /^(nan|none|null)$/i.test(value)) return '';
  const text = /[<&]/.test(value) ? withoutMarkup(value) : value;
  return text.replace(/[\s\x00-\x1f\x7f]+/g, ' ').trim();
}

/** A list (nested ones are laid flat), a list written as JSON, or a text with separators; repeated entries once. */
export function listOf(value: unknown, separators: RegExp): string[] {
  const parts = Array.isArray(value)
    ? value.flat(8)
    : typeof value === 'string'
      ? split(value, separators)
      : [];
  return [...new Set(parts.map(plainText).filter(Boolean))];
}

function split(text: string, separators: RegExp): unknown[] {
  return (text.trimStart().startsWith('[') && writtenList(text)) || plainText(text).split(separators);
}

/** Tables often hold a list as JSON or as Python prints it. */
function writtenList(text: string): unknown[] | null {
  try {
    const list: unknown = parsePythonLiteral(text);
    return Array.isArray(list) ? list.flat(8) : null;
  } catch {
    return null;
  }
}

function withoutMarkup(text: string): string {
  return text
    .replace(/<(script|style)\b[^>]*>.*?<\/\1>/gis, ' ')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
      const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
    });
}
