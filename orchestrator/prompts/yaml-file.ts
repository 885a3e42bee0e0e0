import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { messageOf } from '../shared/errors.ts';
import { nearestName } from '../shared/nearest-name.ts';

/** Something wrong in a file, said so that its author can mend it. */
export interface Problem {
  /** `file:line` */
  place: string;
  message: string;
}

export interface YamlFile<T> {
  /** Null when there are problems. */
  value: T | null;
  problems: Problem[];
  /** `file:line` of a key or a list's entry. */
  placeOf(path: readonly PropertyKey[]): string;
}

/** Reads a YAML file against a schema; every problem is collected with its line, none is thrown. */
export function readYamlFile<T>(file: string, schema: z.ZodType<T>): YamlFile<T> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing ? 'the file is missing' : `cannot be read: ${messageOf(cause)}`;
    return { value: null, problems: [{ place: file, message }], placeOf: () => file };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const placeOf = (path: readonly PropertyKey[]) => placeAt(offsetOf(document, path));
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      place: placeAt(error.pos[0]),
      message: `is not valid YAML: ${error.message}`,
    }));
    return { value: null, problems, placeOf };
  }
  let plain: unknown;
  try {
    plain = document.toJS() ?? {};
  } catch (cause) {
    // Aliases of aliases that would blow up; the library counts them.
    return {
      value: null,
      problems: [{ place: file, message: `cannot be used: ${messageOf(cause)}` }],
      placeOf,
    };
  }
  const checked = schema.safeParse(plain);
  if (checked.success) return { value: checked.data, problems: [], placeOf };
  return {
    value: null,
    problems: checked.error.issues.flatMap((issue) => describeIssue(issue, schema, placeOf)),
    placeOf,
  };
}

function describeIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  placeOf: (path: readonly PropertyKey[]) => string,
): Problem[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ place: placeOf(issue.path), message: `${nameOf(issue.path)}: ${issue.message}` }];
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => {
    const nearest = nearestName(key, known);
    const hint = nearest ? `did you mean "${nearest}"?` : `known here are ${known.join(', ')}`;
    return { place: placeOf([...issue.path, key]), message: `unknown key "${key}"; ${hint}` };
  });
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.');
}

/** The keys that a schema knows at a path; schemas here are made of objects and arrays alone. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  let at = schema as { shape?: Record<string, unknown>; element?: unknown; unwrap?: () => unknown };
  for (const step of [...path, null]) {
    while (!at.shape && !at.element && at.unwrap) at = at.unwrap() as typeof at;
    if (step === null) break;
    at = (typeof step === 'number' ? at.element : at.shape?.[String(step)]) as typeof at;
    if (!at) return [];
  }
  return Object.keys(at.shape ?? {});
}

/** Where the node at a path starts, or the nearest node above it that is there; for a map's entry, its key. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  let offset = document.contents?.range?.[0] ?? 0;
  for (let depth = 1; depth <= path.length; depth++) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const last = path[depth - 1];
    const key = isMap(parent)
      ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key
      : undefined;
    const node = key ?? document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] | null } | undefined)?.range;
    if (!range) break;
    offset = range[0];
  }
  return offset;
}
