import type { AttributeValue } from '../../dataset/types.ts';
import { tokensOf } from '../words/tokens.ts';

/** A value that items have: "blue" is a colour where items have colours. */
export interface ValueOf {
  field: string;
  value: string;
}

/** Attributes of items by their names and values. */
export interface AttributeWords {
  add(attributes: Record<string, AttributeValue>): void;
  /** The attribute that has this value, if enough items have the attribute. */
  valued(value: string): ValueOf | null;
  /** The attribute of this name. */
  named(word: string): string | null;
}

/** Addresses and free texts are no values to ask for, letters and numbers are sizes. */
const [shortestValue, longestValue] = [3, 30];
const mostValues = 5000;
/** An attribute that fewer items have, as a share, says too little to leave out the others. */
const leastShare = 0.3;

export function createAttributeWords(): AttributeWords {
  const fields = new Map<string, string>();
  const counts = new Map<string, number>();
  const values = new Map<string, ValueOf>();
  let items = 0;
  const addValue = (field: string, value: string) => {
    const isValue = value.length >= shortestValue && value.length <= longestValue && !value.includes('/');
    if (!isValue || values.size >= mostValues) return;
    const name = nameOf(value);
    if (name !== '' && !values.has(name)) values.set(name, { field, value });
  };
  return {
    add(attributes) {
      items++;
      for (const [field, value] of Object.entries(attributes)) {
        fields.set(nameOf(field), field);
        counts.set(field, (counts.get(field) ?? 0) + 1);
        if (typeof value !== 'number') for (const one of [value].flat()) addValue(field, one);
      }
    },
    valued(value) {
      const found = values.get(nameOf(value));
      return found && (counts.get(found.field) ?? 0) >= leastShare * items ? found : null;
    },
    named: (word) => fields.get(nameOf(word)) ?? null,
  };
}

const nameOf = (text: string) =>
  tokensOf(text.replaceAll('_', ' '), 6)
    .filter(({ kind }) => kind === 'word')
    .map(({ stem }) => stem)
    .join(' ');
