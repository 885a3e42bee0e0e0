import { basename } from 'node:path';
import type { Reporter } from '../../shared/reporter.ts';
import type { AttributeValue } from '../types.ts';
import { isAbsent } from './checked-event.ts';
import { plainText } from './item-text.ts';
import { shownValue } from './json-record.ts';
import { writtenNumber } from './written-number.ts';

export type Attributes = Record<string, AttributeValue>;

/** Attributes with a meaning of their own; all others go by the names of their columns. */
export const knownAttributes = ['price', 'stock', 'image', 'url'] as const;

export interface AttributeReader {
  /** Attributes from what the columns hold, by name; those that are empty or cannot be read are left out. */
  read(values: Record<string, unknown>): Attributes;
  /** Says once how many numbers could not be read. */
  finish(): void;
}

/** `price` and `stock` become numbers, also from texts such as `12,50 €`; an item with another text has none. */
export function createAttributeReader(path: string, report: Reporter): AttributeReader {
  const unread = new Map<string, { count: number; first: string }>();
  const numberOf = (name: string, value: unknown): number | null => {
    const number = typeof value === 'string' ? writtenNumber(value) : asNumber(value);
    if (number !== null && Number.isFinite(number) && (name !== 'price' || number >= 0)) return number;
    const before = unread.get(name);
    unread.set(name, { count: (before?.count ?? 0) + 1, first: before?.first ?? shownValue(value) });
    return null;
  };
  const attributeOf = (name: string, value: unknown): AttributeValue | null => {
    if (isAbsent(value)) return null;
    if (name === 'price' || name === 'stock') return numberOf(name, value);
    if (name === 'image' || name === 'url') return linkIn(value, deepestLink);
    if (typeof value === 'number') return value;
    if (Array.isArray(value)) return value.flat(8).map(plainText).filter(Boolean);
    return typeof value === 'boolean' ? String(value) : plainText(value) || null;
  };
  return {
    read: (values) =>
      Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) => {
          const read = attributeOf(name, value);
          return read === null ? [] : [[name, read]];
        }),
      ),
    finish: () => {
      for (const [name, { count, first }] of unread)
        report({
          type: 'warning',
          text: `${basename(path)}: ${count} items have no ${name}: it cannot be read as one number, such as ${first} (write 1299.00)`,
        });
    },
  };
}

/** `{large: …}` in a list, as Amazon has images, are two. */
const deepestLink = 4;

/** The first text in a value, which may be a list of pictures, or an object with one for each size. */
function linkIn(value: unknown, deepest: number): string | null {
  if (typeof value === 'string') return isAbsent(value) ? null : value.trim();
  if (typeof value !== 'object' || value === null || deepest === 0) return null;
  for (const inner of Object.values(value)) {
    const link = linkIn(inner, deepest - 1);
    if (link) return link;
  }
  return null;
}

/** Objects and lists are no numbers, whatever `toString` they bring. */
function asNumber(value: unknown): number | null {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null;
}
