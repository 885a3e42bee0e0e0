import { messageOf } from '../../shared/errors.ts';
import { BrokenLine } from './broken-line.ts';
import { parsePythonLiteral } from './python-literal.ts';

export type SourceRecord = Record<string, unknown>;

/** One JSON object a line; throws `BrokenLine` for anything else. */
export function parseJsonRecord(text: string): SourceRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BrokenLine(`not JSON: ${messageOf(error)}`);
  }
  return asRecord(value);
}

/** One JSON object or one Python dict a line: the dumps of 2014 have both. */
export function parseJsonOrPythonRecord(text: string): SourceRecord {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return asRecord(parsePythonLiteral(text));
  }
}

function asRecord(value: unknown): SourceRecord {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new BrokenLine(`expected one record, got ${JSON.stringify(value).slice(0, 40)}`);
  return value as SourceRecord;
}
