import { BrokenLine } from './broken-line.ts';

/** No row is longer, in characters: a mark that is never closed need not hold the whole file in memory. */
const longestRow = 16 * 1024 * 1024;

export interface RowTaker {
  /** The values of a row that begins in this line, counted from 1. */
  row(values: string[], line: number): void;
  broken(line: number, problem: BrokenLine): void;
}

export interface RowSplitter {
  /** The next line of the file; ones with nothing but blanks are passed over. */
  add(line: string | BrokenLine): void;
  /** Call once, behind the last line. */
  end(): void;
}

/**
 * Puts the lines of a delimited file together to rows. With `quotes`, a value that begins with `"` ends at the next
 * single one, and may hold delimiters and line ends. Where this cannot be what was meant (nothing closes the mark, no
 * delimiter follows the closing one, or all lines that it takes in look like rows themselves) the first line alone is
 * broken, and reading goes on behind it. A file in whose first line all values stand in marks has `quotes`, whatever is
 * usual for its kind.
 */
export function createRowSplitter(delimiter: string, quotes: boolean, taker: RowTaker): RowSplitter {
  let quoting = quotes;
  let line = 0;
  /** How many values the first row has. */
  let width = 0;
  /** The lines of the row that is being read, and what of it is read. */
  let held: string[] = [];
  let heldLength = 0;
  let values: string[] = [];
  let quoted: string[] | null = null;
  /** Lines that wait, the next one last. */
  const waiting: (string | BrokenLine)[] = [];

  return {
    add: (text) => {
      waiting.push(text);
      work();
    },
    end: () => {
      while (held.length > 0) {
        giveUp('a quotation mark is never closed');
        work();
      }
    },
  };

  function work(): void {
    while (waiting.length > 0) step(waiting.pop() as string | BrokenLine);
  }

  function step(text: string | BrokenLine): void {
    line++;
    const fresh = held.length === 0;
    if (width === 0 && typeof text === 'string') quoting ||= text.split(delimiter).every(isQuoted);
    if (text instanceof BrokenLine) {
      if (fresh) taker.broken(line, text);
      else {
        line--;
        waiting.push(text);
        giveUp('a quotation mark is not closed before a line that cannot be read');
      }
    } else if (fresh && !(quoting && text.includes('"'))) {
      if (text.trim() !== '') finish(text.split(delimiter), line);
    } else {
      held.push(text);
      heldLength += text.length;
      readOn(text);
    }
  }

  function readOn(text: string): void {
    const problem = split(text);
    if (problem !== null) giveUp(problem);
    else if (quoted !== null) {
      if (heldLength > longestRow) giveUp('a quotation mark is not closed');
    } else if (held.length > 1 && isMistaken())
      giveUp(`a quotation mark takes in the next ${held.length - 1} lines, which look like rows`);
    else {
      const [row, first] = [values, line - held.length + 1];
      reset();
      finish(row, first);
    }
  }

  function finish(row: string[], first: number): void {
    width ||= row.length;
    taker.row(row, first);
  }

  /** Reads on from what stands in `values` and `quoted`; says what is wrong, or null. */
  function split(text: string): string | null {
    for (let at = 0; ; at += delimiter.length) {
      if (quoted === null && text[at] !== '"') {
        const next = text.indexOf(delimiter, at);
        values.push(text.slice(at, next < 0 ? undefined : next));
        if (next < 0) return null;
        at = next;
        continue;
      }
      if (quoted === null) at++;
      quoted ??= [];
      for (;;) {
        const mark = text.indexOf('"', at);
        if (mark < 0) {
          quoted.push(text.slice(at), '\n');
          return null;
        }
        quoted.push(text.slice(at, mark));
        at = mark + 1;
        if (text[at] !== '"') break;
        quoted.push('"');
        at++;
      }
      values.push(quoted.join(''));
      quoted = null;
      if (at === text.length) return null;
      if (!text.startsWith(delimiter, at))
        return `expected ${JSON.stringify(delimiter)} behind a closing quotation mark, got ${JSON.stringify(text.slice(at, at + 12))}`;
    }
  }

  /**
   * Whether a row of several lines has the wrong width, or each of its lines looks like a row of its own: as many
   * values, and those of the first column, or of one of ids or numbers, alike.
   */
  function isMistaken(): boolean {
    if (values.length !== width) return width > 0;
    if (width === 1) return false;
    const rows = held.map((text) => text.split(delimiter));
    if (rows.some((parts) => parts.length !== width || parts.some((part) => /^\s/.test(part)))) return false;
    return rows[0].some(
      (first, at) => (at === 0 || /^[^\s"]*\d/.test(first)) && rows.every((parts) => alike(parts[at], first)),
    );
  }

  function giveUp(reason: string): void {
    const [first, rest] = [line - held.length + 1, held.slice(1)];
    line = first;
    reset();
    for (let at = rest.length - 1; at >= 0; at--) waiting.push(rest[at]);
    taker.broken(
      first,
      new BrokenLine(
        `${reason} (a quotation mark inside of a value is doubled, and the value stands in quotation marks)`,
        'Write the file with quotes, as by the csv writer of any language, or as .tsv, which has none.',
      ),
    );
  }

  function reset(): void {
    held = [];
    heldLength = 0;
    values = [];
    quoted = null;
  }
}

function isQuoted(value: string): boolean {
  return /^"[^"]*"$/.test(value);
}

/** Whether two texts could be ids of one kind: both with digits or both without, and blanks the same. */
function alike(one: string, other: string): boolean {
  return one !== '' && [/\d/, /\s/].every((kind) => kind.test(one) === kind.test(other));
}
