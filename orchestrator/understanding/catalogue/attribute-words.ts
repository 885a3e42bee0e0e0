import type { AttributeValue } from '../../dataset/types.ts';
import { plain } from '../words/plain.ts';
import { tokensOf } from '../words/tokens.ts';

/** Attributes of items by their values: "blue" is a colour where items have colours. */
export interface AttributeWords {
  add(attributes: Record<string, AttributeValue>, item: number): void;
  /** The attribute with this value, as one or two words. */
  valued(value: string): { field: string; value: string } | null;
  /** The attribute of this name. */
  named(word: string): string | null;
}

/** Addresses and free texts are no values to ask for. */
const longestValue = 30;
const mostValues = 5000;

export function createAttributeWords(): AttributeWords {
  const fields = new Map<string, string>();
  const values = new Map<string, { field: string; value: string }>();
  return {
    add(attributes) {
      for (const [field, value] of Object.entries(attributes)) {
        fields.set(nameOf(field), field);
        if (typeof value === 'number') continue;
        for (const one of [value].flat()) {
          const name = nameOf(one.slice(0, longestValue + 1));
          if (name === '' || one.length > longestValue || one.includes('/') || values.size >= mostValues)
            continue;
          if (!values.has(name)) values.set(name, { field, value: one });
        }
      }
    },
    valued: (value) => values.get(nameOf(value)) ?? null,
    named: (word) => fields.get(nameOf(word)) ?? null,
  };
}

const nameOf = (text: string) =>
  tokensOf(plain(text).replaceAll('_', ' '), 6)
    .filter(({ kind }) => kind === 'word')
    .map(({ stem }) => stem)
    .join(' ');
