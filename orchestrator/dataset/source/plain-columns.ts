import { isUtf8 } from 'node:buffer';
import { DuckDBBlobValue, type DuckDBValue } from '@duckdb/node-api';
import { BrokenLine } from './broken-line.ts';
import { parseJsonText } from './json-text.ts';

/** A column as an expression of SQL whose values `plainValueOf` makes plain, given its type. */
export function selectedColumn(name: string, type: string): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  // With its zone, whatever the clock of this machine.
  if (type === 'TIMESTAMP WITH TIME ZONE') return `make_timestamp(epoch_us(${column}))::VARCHAR || ' UTC'`;
  if (type === 'BLOB[]') return `to_json(list_transform(${column}, lambda part: try(decode(part))))::VARCHAR`;
  if (isNested(type)) return `to_json(${column})::VARCHAR`;
  if (/^DECIMAL\(\d+,[1-9]/.test(type)) return `${column}::DOUBLE`;
  return /^(DOUBLE|FLOAT|BOOLEAN|BLOB)$/.test(type) ? column : `${column}::VARCHAR`;
}

/** Makes plain what DuckDB gives for a column selected like that. */
export function plainValueOf(type: string): (value: DuckDBValue) => unknown {
  if (isNested(type)) return (value) => (typeof value === 'string' ? parseJsonText(value) : value);
  // Written so that it is no id: 32 bits hold no more whole numbers.
  if (type === 'FLOAT')
    return (value) =>
      typeof value === 'number' && Math.abs(value) >= 2 ** 24 ? value.toExponential() : value;
  return textOfBytes;
}

function textOfBytes(value: DuckDBValue): unknown {
  if (!(value instanceof DuckDBBlobValue)) return value;
  if (isUtf8(value.bytes)) return Buffer.from(value.bytes).toString('utf8');
  throw new BrokenLine(
    'bytes that are not UTF-8 in a column of bytes',
    'Write the column as strings, or decode it first.',
  );
}

function isNested(type: string): boolean {
  return /^(STRUCT|MAP|UNION)|\]$/.test(type);
}
