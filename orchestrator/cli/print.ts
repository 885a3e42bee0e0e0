import { visible } from './format/visible.ts';

/** A result, to stdout. Whatever is printed for people goes through these, or through a display. */
export function print(text: string): void {
  process.stdout.write(`${visible(text)}\n`);
}

/** What is said beside the results, to stderr. */
export function say(text: string): void {
  process.stderr.write(`${visible(text)}\n`);
}

/** A document that is a file once it is redirected: as it is then, and as it may be printed on a terminal. */
export function printDocument(text: string): void {
  process.stdout.write(process.stdout.isTTY ? visible(text) : text);
}
