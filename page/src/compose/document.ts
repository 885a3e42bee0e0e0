import { isMap, isScalar, parse, parseDocument } from 'yaml';
import type { Path } from './schema.ts';

/** What is written in the text itself; null while it is no YAML map. */
export function ownValues(text: string): Record<string, unknown> | null {
  const document = parseDocument(text, { schema: 'core', merge: true, logLevel: 'silent' });
  if (document.errors.length > 0) return null;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The text with a value at a path; comments stay. `undefined` takes it out, and maps that become empty with it. */
export function withValue(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text, { schema: 'core', merge: true, logLevel: 'silent' });
  if (document.contents === null) document.contents = document.createNode({}) as never;
  const there = document.getIn(path, true);
  // A value that takes the place of another leaves its comment where it is.
  if (isScalar(there) && isPlain(value)) there.value = value;
  else if (value !== undefined) document.setIn(path, document.createNode(value, { flow: isFlat(value) }));
  else {
    document.deleteIn(path);
    for (let length = path.length - 1; length > 0; length--) {
      const above = document.getIn(path.slice(0, length));
      if (!isMap(above) || above.items.length > 0) break;
      document.deleteIn(path.slice(0, length));
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

export function valueAt(values: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, part) => (here as Record<string | number, unknown> | null)?.[part],
    values,
  );
}

/** A value as one would write it on a line: `[1, 5, 10]`, `null`, `auto`. */
export function writeValue(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string' && readValue(value) === value) return value;
  if (Array.isArray(value)) return `[${value.map(writeValue).join(', ')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}: ${writeValue(inner)}`)
      .join(', ')}}`;
  return JSON.stringify(value);
}

/** The way back; what is no YAML is a text. */
export function readValue(written: string): unknown {
  try {
    return parse(written, { schema: 'core', merge: true, logLevel: 'silent' });
  } catch {
    return written;
  }
}

/** Lists and maps of plain values go on one line. */
function isFlat(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.values(value).every(isPlain);
}

function isPlain(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
