import type { AttributeValue, Item } from '../types.ts';
import { BrokenLine } from './broken-line.ts';
import { checkedId, isAbsent } from './checked-event.ts';
import { parsePythonLiteral } from './python-literal.ts';
import { withoutMarkup } from './without-markup.ts';

const deepest = 8;

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
  attributes: Record<string, AttributeValue> = {},
): Item {
  return {
    item_id: checkedId(id, 'item id'),
    title: plainText(fields.title),
    description: plainText(fields.description),
    categories: listOf(fields.categories, /[|;]/),
    brand: plainText(fields.brand),
    keywords: listOf(fields.keywords, /[|;,]/),
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
  };
}

/** An item that the metadata does not know. */
export function itemWithoutText(itemId: string): Item {
  return { item_id: itemId, title: '', description: '', categories: [], brand: '', keywords: [] };
}

/** Text, a number or a list of them as one line without tags and entities; `nan` and the like are empty. */
export function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.flat(deepest).map(plainPart).filter(Boolean).join(' ');
  return plainPart(value);
}

/** A list (nested ones are laid flat), a list written as JSON, or a text with separators; repeated entries once. */
export function listOf(value: unknown, separators: RegExp): string[] {
  const parts = Array.isArray(value)
    ? value.flat(deepest)
    : typeof value === 'string'
      ? split(value, separators)
      : [value];
  return [...new Set(parts.map(plainPart).filter(Boolean))];
}

function plainPart(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const what = Array.isArray(value) ? `lists nested deeper than ${deepest}` : 'an object';
    throw new BrokenLine(`${what} where a text belongs (keys: ${Object.keys(value).slice(0, 3).join(', ')})`);
  }
  if (typeof value !== 'string' || isAbsent(value)) return '';
  const text = /[<&]/.test(value) ? withoutMarkup(value) : value;
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\s\x00-\x1f\x7f]+/g, ' ')
    .trim();
}

function split(text: string, separators: RegExp): unknown[] {
  return (text.trimStart().startsWith('[') && writtenList(text)) || plainText(text).split(separators);
}

/** Tables often hold a list as JSON or as Python prints it. */
function writtenList(text: string): unknown[] | null {
  try {
    const list: unknown = parsePythonLiteral(text);
    return Array.isArray(list) ? list.flat(deepest) : null;
  } catch {
    return null;
  }
}
