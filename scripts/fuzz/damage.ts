import { readFileSync, writeFileSync } from 'node:fs';
import type { Random } from '../../orchestrator/shared/random.ts';

/** Values that programs stumble over. */
const odd: unknown[] = [
  ...[null, true, false, 0, -1, 1, 2.5, 1e308, -1e308, 2 ** 31, 2 ** 53, Number.MAX_SAFE_INTEGER + 2],
  ...[
    '',
    ' ',
    '0',
    '-1',
    'NaN',
    'null',
    '__proto__',
    'constructor',
    'toString',
    '\u0000',
    '\ufeff',
    '\ud800',
    '💄',
    '../../x',
  ],
  ...['x'.repeat(5000), '[unclosed', '*', '\\', '$' + '{HOME}', '{{', '/proc'],
  [],
  {},
  [[]],
  [null],
  { a: { b: { c: [] } } },
  // No text can be made of it.
  { toString: 1, valueOf: 1 },
];

/** Pieces of text that mean something to a parser. */
const pieces = [
  ...[
    '"',
    "'",
    '\\',
    ',',
    ':',
    '{',
    '}',
    '[',
    ']',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '#',
    '- ',
    '---\n',
    '? ',
    '| \n',
    '> \n',
  ],
  ...[
    '&a ',
    '*a',
    '<<: *a\n',
    '!!js/function ',
    '!!binary ',
    '${',
    '}}',
    'null',
    '.nan',
    '1e999',
    '0x',
    '~',
    '\u2028',
  ],
];

export function oneOf<T>(random: Random, list: readonly T[]): T {
  return list[random.integer(list.length)];
}

export function oddValue(random: Random): unknown {
  // Nested far deeper than anybody writes, now and then.
  if (random.integer(40) === 0) return JSON.parse('['.repeat(1000) + ']'.repeat(1000));
  return structuredClone(oneOf(random, odd));
}

/** A text with one to four pieces cut out, doubled, put in or exchanged. */
export function damageText(random: Random, text: string): string {
  let result = text;
  for (let left = 1 + random.integer(4); left > 0; left--) {
    const from = random.integer(result.length + 1);
    const to = Math.min(result.length, from + random.integer(random.integer(4) === 0 ? 400 : 12));
    const slice = result.slice(from, to);
    const replaced = oneOf(random, [
      '',
      slice + slice,
      oneOf(random, pieces) + slice,
      oneOf(random, pieces).repeat(1 + random.integer(200)),
      typeof slice === 'string' ? [...slice].reverse().join('') : '',
      JSON.stringify(oneOf(random, odd)),
    ]);
    result = result.slice(0, from) + replaced + result.slice(random.integer(30) === 0 ? result.length : to);
  }
  return result;
}

/** Bytes with one to four places overwritten, or cut off. */
export function damageBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const result = Uint8Array.from(bytes);
  for (let left = 1 + random.integer(4); left > 0 && result.length > 0; left--)
    result[random.integer(result.length)] = oneOf(random, [0, 1, 0x7f, 0x80, 0xff, random.integer(256)]);
  return random.integer(4) === 0 ? result.slice(0, random.integer(result.length + 1)) : result;
}

/** A JSON value in which one to three places, each as likely, are exchanged, taken out, doubled or moved. */
export function damageJson(random: Random, value: unknown): unknown {
  const result = structuredClone(value);
  for (let left = 1 + random.integer(3); left > 0; left--) {
    const places = placesIn(result);
    if (places.length === 0 || random.integer(50) === 0) return oddValue(random);
    const { holder, key } = oneOf(random, places);
    const list = Array.isArray(holder) ? holder : null;
    const action = random.integer(5);
    if (action === 0 && list) list.splice(Number(key), 1);
    else if (action === 0) delete holder[key];
    else if (action === 1 && list) list.push(structuredClone(list[Number(key)]));
    else if (action === 2) holder[key] = structuredClone(oneOf(random, places).holder);
    else holder[key] = oddValue(random);
  }
  return result;
}

interface Place {
  holder: Record<string, unknown>;
  key: string;
}

/** Of long lists and maps only some members, so that the rest is found as well. */
function placesIn(value: unknown): Place[] {
  const places: Place[] = [];
  const level: unknown[] = [value];
  while (level.length > 0 && places.length < 5000) {
    const holder = level.shift();
    if (holder === null || typeof holder !== 'object') continue;
    for (const key of Object.keys(holder).slice(0, 40)) {
      places.push({ holder: holder as Record<string, unknown>, key });
      level.push((holder as Record<string, unknown>)[key]);
    }
  }
  return places;
}

/** A safetensors file with damage in its header or anywhere in it. */
export function damageTensors(random: Random, file: string): void {
  const bytes = readFileSync(file);
  const end = 8 + Number(bytes.readBigUInt64LE());
  const [header, data] = [bytes.toString('utf8', 8, end), bytes.subarray(end)];
  const damages = [
    () => damageBytes(random, bytes),
    () => withHeader(JSON.stringify(damageJson(random, JSON.parse(header))) ?? '', data),
    () => withHeader(damageText(random, header), data),
  ];
  writeFileSync(file, oneOf(random, damages)());
}

function withHeader(header: string, data: Uint8Array): Uint8Array {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}
