import { visible } from './format/visible.ts';

/** A result, to stdout. All output for people goes through these functions or a display. */
export function print(text: string): void {
  process.stdout.write(`${visible(text)}\n`);
}

/** Messages beside the results, to stderr. */
export function say(text: string): void {
  process.stderr.write(`${visible(text)}\n`);
}

/** A document: byte for byte when redirected to a file, made safe to print on a terminal. */
export function printDocument(text: string): void {
  process.stdout.write(process.stdout.isTTY ? visible(text) : text);
}
