import type { Random } from '../../orchestrator/shared/random.ts';

/** What of JSON Schema the OpenAPI document uses. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** Texts that mean something to the server, by the name of the field; `''` for all other fields. */
export type KnownTexts = Record<string, readonly string[]>;

/**
 * A random value for a schema: mostly as it says, at and around its bounds, now and then of another kind altogether.
 * `wildness`: how often it breaks the rules, from 0 to 1.
 */
export function generateInput(schema: Schema, random: Random, known: KnownTexts, wildness: number): unknown {
  const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)];
  const isWild = () => random.float() < wildness;
  const make = (own: Schema, depth: number, name = ''): unknown => {
    if (isWild()) return pick(strange);
    if (own.anyOf) return make(pick(own.anyOf), depth, name);
    if (own.enum) return isWild() ? pick(texts) : pick(own.enum);
    const type = Array.isArray(own.type) ? pick(own.type) : own.type;
    switch (type) {
      case 'object':
        return makeObject(own, depth);
      case 'array':
        return Array.from({ length: lengthOf(own, depth) }, () => make(own.items ?? {}, depth + 1, name));
      case 'string':
        return makeText(own, name);
      case 'integer':
      case 'number':
        return makeNumber(own);
      case 'boolean':
        return random.float() < 0.5;
      case 'null':
        return null;
      default:
        return pick(strange);
    }
  };
  const makeObject = ({ properties = {}, required = [] }: Schema, depth: number) => {
    const value: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(properties))
      if (required.includes(name) ? !isWild() : random.float() < 0.4)
        value[name] = make(inner, depth + 1, name);
    if (isWild()) value[pick(texts)] = pick(strange);
    return value;
  };
  const lengthOf = ({ minItems = 0, maxItems = 5 }: Schema, depth: number) => {
    if (depth < 3 && isWild()) return pick([minItems, maxItems, maxItems + 1]);
    return minItems + random.integer(4);
  };
  const makeNumber = ({ minimum = 0, maximum = 1 }: Schema) =>
    isWild() ? pick([minimum, maximum, maximum + 1, minimum - 1, 0.5]) : pick([1, 3, 5]);
  const makeText = ({ minLength = 0, maxLength = 50 }: Schema, name: string) => {
    if (!isWild()) return pick(known[name] ?? known['']);
    if (random.float() < 0.2) return 'x'.repeat(pick([minLength, maxLength, maxLength + 1]));
    return Array.from({ length: 1 + random.integer(4) }, () => pick(texts)).join(' ');
  };
  return make(schema, 0);
}

const texts = [
  'shampoo',
  '',
  ' ',
  '\u0000',
  '\ud800',
  '<a_1><b_2>',
  '../..',
  '%00',
  "' OR 1=1 --",
  '__proto__',
  'constructor',
  'I just bought this, what next?',
  '日本',
  '💄',
  '1e999',
  'NaN',
  '\u202e\u001b[31m',
];
const strange = [null, true, 0, -1, 1e308, 0.1, '', 'x', [], {}, [[]], { '': null }, [null], 2 ** 53];
