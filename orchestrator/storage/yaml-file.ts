import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { messageOf, UserError } from '../shared/errors.ts';

/**
 * Reads a YAML file and checks it against a schema. All problems are reported together, each with its line.
 * `area` starts the error codes (`area/unreadable`, `area/invalid`); `remedy` says what a good file looks like.
 */
export function readYaml<T extends z.ZodType>(
  path: string,
  schema: T,
  { area, remedy }: { area: string; remedy: string },
): z.output<T> {
  const counter = new LineCounter();
  const document = parseDocument(readText(path, area, remedy), { lineCounter: counter, uniqueKeys: true });
  if (document.errors.length > 0) {
    const [first] = document.errors;
    throw new UserError(`${area}/not-yaml`, `is not valid YAML: ${first.message.split('\n')[0]}`, {
      place: `${path}:${counter.linePos(first.pos[0]).line}`,
      remedy,
      cause: first,
    });
  }
  const result = schema.safeParse(plain(document, path, area, remedy));
  if (result.success) return result.data;

  const lineOf = (keys: readonly PropertyKey[]) => counter.linePos(offsetOf(document, keys)).line;
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, lineOf));
  const lines = problems.map(({ line, text }) => (problems.length > 1 ? `\n  line ${line}: ${text}` : text));
  throw new UserError(`${area}/invalid`, problems.length > 1 ? `has problems:${lines.join('')}` : lines[0], {
    place: `${path}:${problems[0].line}`,
    remedy,
  });
}

/** Plain values; aliases that would blow up are refused by the library. */
function plain(document: Document.Parsed, path: string, area: string, remedy: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new UserError(`${area}/not-yaml`, `cannot be used: ${messageOf(cause)}`, {
      place: path,
      remedy,
      cause,
    });
  }
}

/** Where the entry at a path starts (its key, in a map), or the nearest one above it that is there. */
function offsetOf(document: Document.Parsed, keys: readonly PropertyKey[]): number {
  let offset = document.contents?.range?.[0] ?? 0;
  for (let depth = 1; depth <= keys.length; depth++) {
    const parent = document.getIn(keys.slice(0, depth - 1), true);
    const node = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === keys[depth - 1])?.key
      : document.getIn(keys.slice(0, depth), true);
    const range = (node as Node | undefined)?.range;
    if (!range) break;
    offset = range[0];
  }
  return offset;
}

function problemsOf(
  issue: z.core.$ZodIssue,
  lineOf: (keys: readonly PropertyKey[]) => number,
): { line: number; text: string }[] {
  const keys = issue.path;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      line: lineOf([...keys, key]),
      text: `unknown key "${[...keys, key].join('.')}"`,
    }));
  const name = keys.length > 0 ? `"${keys.join('.')}": ` : '';
  return [{ line: lineOf(keys), text: `${name}${issue.message}` }];
}

function readText(path: string, area: string, remedy: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(
      `${area}/unreadable`,
      missing ? 'the file is missing' : `cannot be read: ${messageOf(cause)}`,
      { place: path, remedy, cause },
    );
  }
}
