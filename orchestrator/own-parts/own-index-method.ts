import { inspect } from 'node:util';
import * as z from 'zod';
import { maximalLevels } from '../item-index/token-name.ts';
import type { IndexMethod, Paths } from '../item-index/types.ts';
import { inModule, wrongModule } from './in-module.ts';
import { functionOf, loadModule } from './load-module.ts';

/** Of one item; a typed array of whole numbers will do. */
type Digits = ArrayLike<number>;

/** What a module with a way of making codes exports by default. */
export interface OwnIndexMethod {
  name: string;
  /** A list of digits for each row of the vectors, all of one length; where items share one, a last digit is added. */
  codes(vectors: OwnVectors, given: OwnIndexGiven): Digits[] | Promise<Digits[]>;
}

/** Row-major: item i has `data.subarray(i * columns, (i + 1) * columns)`. */
export interface OwnVectors {
  rows: number;
  columns: number;
  data: Float32Array;
}

export interface OwnIndexGiven {
  /** `semantic`, `behaviour`, or `embeddings` for both together. */
  source: string;
  /** The shape that a balanced tree would have. */
  branching: number;
  height: number;
  seed: number;
}

const shape = z.strictObject({
  name: z.string().min(1).max(100),
  codes: functionOf<OwnIndexMethod['codes']>('codes(vectors, given)'),
});

/** More values of a digit are more tokens than a model has rows for. */
const mostDigits = 65_536;

/** The way of a module; what it returns is checked item by item. */
export async function loadOwnIndexMethod(file: string): Promise<IndexMethod> {
  const method = await loadModule(file, shape);
  return async ({ rows, columns, data }, { shape: { branching, height }, label, seed, report }) => {
    report({ type: 'note', text: `codes by ${method.name} (${file})` });
    // Its own copy: what it does to its vectors changes nothing for others.
    const vectors = { rows, columns, data: data.slice() };
    const given = { source: label, branching, height, seed };
    return checkedPaths(file, await inModule(file, () => method.codes(vectors, given)), rows);
  };
}

function checkedPaths(file: string, made: unknown, rows: number): Paths {
  const fail = (problem: string): never => {
    throw wrongModule(file, `codes() ${problem}`);
  };
  if (!Array.isArray(made)) return fail('returned no list; expected a list of digits for each item');
  if (made.length !== rows) return fail(`returned ${made.length} codes for ${rows} items`);
  const levels = digitsOf(made[0])?.length ?? 0;
  if (levels < 1 || levels >= maximalLevels)
    return fail(`gave item 0 ${levels} digits; expected a list of 1 to ${maximalLevels - 1}`);
  const codes = new Int32Array(rows * levels);
  for (const [item, code] of made.entries()) {
    const digits = digitsOf(code);
    if (digits?.length !== levels)
      return fail(
        `gave item ${item} ${inspect(code, { depth: 0 })}; expected ${levels} digits, as item 0 has`,
      );
    for (const [level, digit] of digits.entries()) {
      if (!isDigit(digit))
        return fail(
          `gave item ${item} the digit ${String(digit)} at place ${level + 1}; expected a whole number from 0 to ${mostDigits - 1}`,
        );
      codes[item * levels + level] = digit;
    }
  }
  return { levels, codes };
}

/** Null for what is no list. */
function digitsOf(code: unknown): unknown[] | null {
  if (Array.isArray(code)) return code;
  return ArrayBuffer.isView(code) && !(code instanceof DataView) ? Array.from(code as Int32Array) : null;
}

function isDigit(digit: unknown): digit is number {
  return typeof digit === 'number' && Number.isInteger(digit) && digit >= 0 && digit < mostDigits;
}
