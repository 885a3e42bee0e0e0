import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, type Node } from 'yaml';
import type { z } from 'zod';
import { messageOf, UserError } from '../shared/errors.ts';
import { nearestName } from '../shared/nearest-name.ts';
import { parseYaml } from './parse-yaml.ts';

const kinds = ['unreadable', 'not-yaml', 'invalid'] as const;

/** A problem in a file, described so that its author can fix it. */
export interface YamlProblem {
  kind: (typeof kinds)[number];
  /** From 1; null where the whole file is meant. */
  line: number | null;
  /** `file:line`, or the file. */
  place: string;
  message: string;
}

export interface YamlFile<T> {
  /** Null when there are problems. */
  value: T | null;
  problems: YamlProblem[];
  /** `file:line` of a key or a list's entry, or of what is above it. */
  placeOf(path: readonly PropertyKey[]): string;
}

/** Reads a YAML file against a schema; every problem is collected with its line, none is thrown. */
export function checkYaml<T extends z.ZodType>(file: string, schema: T): YamlFile<z.output<T>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing ? 'the file is missing' : `cannot be read: ${messageOf(cause)}`;
    return failed([{ kind: 'unreadable', line: null, place: file, message }], () => file);
  }
  const counter = new LineCounter();
  let document: Document.Parsed;
  try {
    ({ document } = parseYaml(text, { lineCounter: counter, merge: true }));
  } catch (cause) {
    const message = `cannot be used: ${messageOf(cause)}`;
    return failed([{ kind: 'not-yaml', line: null, place: file, message }], () => file);
  }
  const lineAt = (offset: number) => counter.linePos(offset).line;
  const lineOf = (path: readonly PropertyKey[]) => lineAt(offsetOf(document, path));
  const placeOf = (path: readonly PropertyKey[]) => `${file}:${lineOf(path)}`;
  const problem = (kind: YamlProblem['kind'], line: number | null, message: string): YamlProblem => ({
    kind,
    line,
    place: line === null ? file : `${file}:${line}`,
    message,
  });
  // The first mistake causes most of those that follow.
  const [slip] = document.errors;
  if (slip) {
    const message = `is not valid YAML: ${slip.message}`;
    return failed([problem('not-yaml', lineAt(slip.pos[0]), message)], placeOf);
  }
  let plain: unknown;
  try {
    plain = document.toJS() ?? {};
  } catch (cause) {
    // Nested aliases that would grow without bound; the library counts them.
    return failed([problem('not-yaml', null, `cannot be used: ${messageOf(cause)}`)], placeOf);
  }
  const checked = schema.safeParse(plain);
  if (checked.success) return { value: checked.data, problems: [], placeOf };
  const problems = checked.error.issues.flatMap((issue) =>
    describeIssue(issue, schema).map(({ path, message }) => problem('invalid', lineOf(path), message)),
  );
  return failed(problems, placeOf);
}

/**
 * The same, thrown as one UserError that lists every problem with its line. `area` starts the error's code
 * (`area/unreadable`, `area/not-yaml`, `area/invalid`); `remedy` says what a good file looks like.
 */
export function readYaml<T extends z.ZodType>(
  path: string,
  schema: T,
  { area, remedy }: { area: string; remedy: string },
): z.output<T> {
  const { value, problems } = checkYaml(path, schema);
  if (problems.length === 0) return value as z.output<T>;
  const [{ kind, place, message }] = problems;
  const list = problems.map(({ line, message: each }) => `\n  line ${line}: ${each}`).join('');
  throw new UserError(`${area}/${kind}`, problems.length === 1 ? message : `has problems:${list}`, {
    place,
    remedy,
  });
}

function failed<T>(problems: YamlProblem[], placeOf: YamlFile<T>['placeOf']): YamlFile<T> {
  return { value: null, problems, placeOf };
}

function describeIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ path: issue.path, message: `${nameOf(issue.path)}: ${issue.message}` }];
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => {
    const nearest = nearestName(key, known);
    const hint = nearest ? `did you mean "${nearest}"?` : `known here are ${known.join(', ')}`;
    return { path: [...issue.path, key], message: `unknown key "${key}"; ${hint}` };
  });
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.');
}

/** The keys that a schema knows at a path, as far as it is made of objects and arrays. */
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

/** Where the entry at a path starts (its key, in a map), or the nearest one above it that is there. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let offset = document.contents?.range?.[0] ?? 0;
  for (let depth = 1; depth <= path.length; depth++) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const last = path[depth - 1];
    const key = isMap(parent)
      ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key
      : undefined;
    const node = key ?? document.getIn(path.slice(0, depth), true);
    const range = (node as Node | undefined)?.range;
    if (!range) break;
    offset = range[0];
  }
  return offset;
}
