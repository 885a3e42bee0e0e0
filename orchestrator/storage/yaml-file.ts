import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
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
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;

  const lineOf = (keys: readonly PropertyKey[]): number => {
    for (let length = keys.length; length >= 0; length--) {
      const node = document.getIn(keys.slice(0, length), true) as { range?: [number, number, number] } | null;
      if (node?.range) return counter.linePos(node.range[0]).line;
    }
    return 1;
  };
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, lineOf));
  const lines = problems.map(({ line, text }) => (problems.length > 1 ? `\n  line ${line}: ${text}` : text));
  throw new UserError(`${area}/invalid`, problems.length > 1 ? `has problems:${lines.join('')}` : lines[0], {
    place: `${path}:${problems[0].line}`,
    remedy,
  });
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
