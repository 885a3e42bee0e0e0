import { messageOf } from '../../shared/errors.ts';
import { BrokenLine } from './broken-line.ts';
import { parseJsonText } from './json-text.ts';
import { parsePythonLiteral } from './python-literal.ts';

export type SourceRecord = Record<string, unknown>;

const pythonDict = /^\s*\{\s*[uU]?'|:\s*(?:None|True|False)\b/;

/** One JSON object a line, or what Python prints of a dict; throws `BrokenLine` for anything else. */
export function parseJsonRecord(text: string): SourceRecord {
  let value: unknown;
  try {
    value = parseJsonText(text);
  } catch (error) {
    const python = pythonDict.test(text) ? pythonRecord(text) : null;
    if (python) return python;
    if (/\}\s*\{/.test(text) && /after JSON/.test(messageOf(error)))
      throw new BrokenLine(
        'not JSON: more than one record in a line',
        'Write one record a line, for example: jq -c "." FILE > NEW.jsonl.',
      );
    if (/,\s*$/.test(text))
      throw new BrokenLine(
        'not JSON: a comma behind the record',
        'Write one record a line, with nothing between them: sed "s/,$//" FILE > NEW.',
      );
    throw new BrokenLine(`not JSON: ${messageOf(error)}`);
  }
  return asRecord(value);
}

/** Null for what only looks like a dict of Python: `None` within a text. */
function pythonRecord(text: string): SourceRecord | null {
  try {
    return asRecord(parsePythonLiteral(text));
  } catch (error) {
    if (error instanceof BrokenLine) return null;
    throw error;
  }
}

/** One JSON object or one Python dict a line: the dumps of 2014 have both. */
export function parseJsonOrPythonRecord(text: string): SourceRecord {
  let value: unknown;
  try {
    value = parseJsonText(text);
  } catch {
    value = parsePythonLiteral(text);
  }
  return asRecord(value);
}

function asRecord(value: unknown): SourceRecord {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new BrokenLine(`expected one record, got ${shownValue(value)}`);
  return value as SourceRecord;
}

/** A value in a message: short, and never a walk through something deep. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 41)) : String(value);
  return text.length > 42 ? `${text.slice(0, 40)}…` : text;
}
