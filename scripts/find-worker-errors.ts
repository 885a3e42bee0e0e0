import { type FoundError, type SourceText, unknown } from './find-errors.ts';

const text = String.raw`(?:f?"(?:[^"\\]|\\.)*"\s*)+`;
const start = String.raw`(?:\bUserError\(\s*|"code":\s*)"([a-z-]+/[a-z0-9-]+)",\s*`;
const error = new RegExp(
  String.raw`${start}(?:"message":\s*)?(${text}|\w+),[^#]*?(?:remedy=|"remedy":\s*)(${text}|\w+)`,
  'g',
);

/** The errors of the PyTorch engine's worker, which is Python. Throws where one is not written as the others are. */
export function findWorkerErrors(files: readonly SourceText[]): FoundError[] {
  return files.flatMap(({ path, text: source }) => {
    const found = [...source.matchAll(error)].map(([, code, message, remedy]) => ({
      code,
      message: worded(message, source),
      remedy: worded(remedy, source),
    }));
    const made = source.match(/(?<!class )\bUserError\(|"code": "/g)?.length ?? 0;
    if (found.length !== made)
      throw new Error(`${path}: ${made} errors are made, ${found.length} can be read`);
    return found;
  });
}

/** A literal of Python, or several in a row, or the name of a constant of the file; another name depends on the case. */
function worded(written: string, source: string): string {
  const constant = new RegExp(`^${written} = \\(?\\s*(${text})`, 'm');
  const literal = /^\w+$/.test(written) ? (constant.exec(source)?.[1] ?? '') : written;
  const parts = [...literal.matchAll(/(f?)"((?:[^"\\]|\\.)*)"/g)].map(([, form, words]) =>
    (form ? words.replace(/\{[^{}]*\}/g, unknown) : words).replaceAll('\\n', '\n').replaceAll('\\"', '"'),
  );
  return parts.length > 0 ? parts.join('') : unknown;
}
