import { BrokenLine } from './broken-line.ts';

type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal };

const deepest = 100;
const words: Record<string, Literal | undefined> = Object.assign(Object.create(null), {
  True: true,
  False: false,
  None: null,
  nan: null,
  inf: null,
  '-inf': null,
});
const simpleEscapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '0': '\0',
  '\n': '',
};

/**
 * Reads one Python literal (dict, list, tuple, string, number, True, False, None), as the Amazon dumps of 2014
 * write their records. Nothing is executed. Throws `BrokenLine` with the column for anything else.
 */
export function parsePythonLiteral(text: string): Literal {
  let at = 0;
  const value = parseValue(0);
  skipSpace();
  if (at < text.length) fail('the end of the line');
  return value;

  function parseValue(depth: number): Literal {
    if (depth > deepest) throw new BrokenLine(`nested deeper than ${deepest} levels`);
    skipSpace();
    const char = text[at];
    if (char === '{') return parseDict(depth);
    if (char === '[') return parseList(']', depth);
    if (char === '(') return parseList(')', depth);
    const string = parseString();
    return string ?? parseWord();
  }

  function parseDict(depth: number): Literal {
    // No prototype, so that a key "__proto__" is a key like any other.
    const record: { [key: string]: Literal } = Object.create(null);
    at++;
    while (!closes('}')) {
      const key = parseValue(depth + 1);
      if (typeof key === 'object') fail('a string or a number as the key');
      skipSpace();
      if (text[at++] !== ':') fail('":"');
      record[String(key)] = parseValue(depth + 1);
      separate('}');
    }
    return record;
  }

  function parseList(end: string, depth: number): Literal[] {
    const list: Literal[] = [];
    at++;
    while (!closes(end)) {
      list.push(parseValue(depth + 1));
      separate(end);
    }
    return list;
  }

  function closes(end: string): boolean {
    skipSpace();
    if (text[at] !== end) return false;
    at++;
    return true;
  }

  function separate(end: string): void {
    skipSpace();
    if (text[at] === ',') at++;
    else if (text[at] !== end) fail(`"," or "${end}"`);
  }

  function parseString(): string | undefined {
    const start = /^(?:[uU]|[rR])?['"]/.exec(text.slice(at, at + 2))?.[0];
    if (start === undefined) return undefined;
    const raw = /^[rR]/.test(start);
    const quote = start[start.length - 1];
    at += start.length;
    const parts: string[] = [];
    for (let from = at; ; ) {
      const char = text[at];
      if (char === undefined) fail(`a closing ${quote}`);
      if (char === quote) {
        parts.push(text.slice(from, at++));
        return parts.join('');
      }
      if (char !== '\\') at++;
      else if (raw) at += 2;
      else {
        parts.push(text.slice(from, at++), parseEscape());
        from = at;
      }
    }
  }

  function parseEscape(): string {
    const char = text[at++];
    const digits = { x: 2, u: 4, U: 8 }[char];
    if (digits === undefined) return simpleEscapes[char] ?? (/['"\\]/.test(char) ? char : `\\${char}`);
    const hex = text.slice(at, at + digits);
    const point = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : -1;
    if (point < 0 || point > 0x10ffff) fail(`${digits} hexadecimal digits`);
    at += digits;
    return String.fromCodePoint(point);
  }

  function parseWord(): Literal {
    const word = /^[-+.\w]+/.exec(text.slice(at, at + 64))?.[0] ?? '';
    const known = words[word];
    if (known === undefined && !/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?L?$/.test(word)) fail('a value');
    at += word.length;
    if (known !== undefined) return known;
    const digits = word.replace(/L$/, '');
    const number = Number(digits);
    // Ids of 64 bits keep their digits.
    return /^[-+]?\d+$/.test(digits) && !Number.isSafeInteger(number) ? digits : number;
  }

  function skipSpace(): void {
    while (at < text.length && /\s/.test(text[at])) at++;
  }

  function fail(expected: string): never {
    const got = at < text.length ? JSON.stringify(text.slice(at, at + 12)) : 'the end of the line';
    throw new BrokenLine(`not a Python literal: expected ${expected} at column ${at + 1}, got ${got}`);
  }
}
