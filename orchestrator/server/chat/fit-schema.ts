import { clientError } from '../answer-errors.ts';

type Schema = Record<string, unknown>;

/** The answer does not have the requested shape; another alternative may still fit. */
class Misfit extends Error {}

/** Nested alternatives and circular references could take for ever. */
const mostSteps = 5_000;
const mostLevels = 100;

interface Work {
  /** What references start from. */
  root: Schema;
  steps: number;
  depth: number;
}

/** Keywords that do not constrain a value, or only concern the client. */
const describing = new Set(
  '$schema $id $defs $comment definitions title description default examples deprecated readOnly writeOnly strict'.split(
    ' ',
  ),
);
const understood = new Set(
  '$ref type properties required additionalProperties items anyOf oneOf allOf enum const minItems maxItems minLength maxLength minimum maximum'.split(
    ' ',
  ),
);

/**
 * The part of `value` that a JSON schema asks for: its properties are taken by their names. A 400 where the schema asks
 * for what is not there, or for something that is not checked here.
 */
export function fitSchema(schema: Schema, value: unknown): unknown {
  try {
    return take(schema, value, 'the answer', { root: schema, steps: 0, depth: 0 });
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    throw misfit(error.message);
  }
}

function misfit(message: string): Error {
  return clientError(
    400,
    'invalid_request_error',
    'server/schema',
    `response_format: ${message} → ask for {"items": [{"item_id", "title", "score", "matched", "code"}], "history": [{"item_id", "title"}], "query", "likes", "dislikes"} or a part of it, or for {"type": "json_object"}`,
  );
}

function take(schema: unknown, value: unknown, place: string, work: Work): unknown {
  if (++work.steps > mostSteps || ++work.depth > mostLevels)
    throw misfit('the schema is too large, or refers to itself');
  const taken = takeHere(schema, value, place, work);
  work.depth--;
  return taken;
}

function takeHere(schema: unknown, value: unknown, place: string, work: Work): unknown {
  if (schema === true || schema === undefined) return value;
  if (!isMap(schema)) throw new Misfit(`${place} is not described by a schema`);
  const unknown = Object.keys(schema).find((name) => !understood.has(name) && !describing.has(name));
  if (unknown !== undefined)
    throw new Misfit(`${place} has the rule ${JSON.stringify(unknown.slice(0, 60))}, which is not served`);
  if (schema.$ref !== undefined) return take(referredTo(schema.$ref, work.root, place), value, place, work);
  const [alternatives] = [schema.anyOf, schema.oneOf].filter(Array.isArray);
  if (alternatives) return firstFitting(alternatives, value, place, work);
  if (Array.isArray(schema.allOf)) {
    if (schema.allOf.length !== 1)
      throw new Misfit(`${place} has several schemas in allOf, which is not served`);
    return take(schema.allOf[0], value, place, work);
  }
  checkValue(schema, value, place);
  if (Array.isArray(value)) return value.map((item, at) => take(schema.items, item, `${place}[${at}]`, work));
  return isMap(value) ? takeProperties(schema, value, place, work) : value;
}

function firstFitting(all: unknown[], value: unknown, place: string, work: Work): unknown {
  let first: Misfit | undefined;
  const { depth } = work;
  for (const each of all)
    try {
      work.depth = depth;
      return take(each, value, place, work);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      first ??= error;
    }
  throw first ?? new Misfit(`${place} has no alternatives`);
}

function takeProperties(schema: Schema, value: Schema, place: string, work: Work): Schema {
  const { properties, required, additionalProperties } = schema;
  const asked = isMap(properties) ? properties : {};
  const absent = (Array.isArray(required) ? required : []).find(
    (name) => !Object.hasOwn(value, String(name)),
  );
  if (absent !== undefined)
    throw new Misfit(`${place} has no ${JSON.stringify(String(absent).slice(0, 60))}`);
  // A schema that names properties gets only those; one that names none gets everything.
  const names = Object.keys(value).filter(
    (name) =>
      Object.hasOwn(asked, name) || (Object.keys(asked).length === 0 && additionalProperties !== false),
  );
  return Object.fromEntries(
    names.map((name) => [name, take(asked[name], value[name], `${place}.${name}`, work)]),
  );
}

function checkValue(schema: Schema, value: unknown, place: string): void {
  const types = schema.type === undefined ? null : [schema.type].flat();
  const isOf = (type: unknown) => type === typeOf(value) || (type === 'number' && typeof value === 'number');
  const length = Array.isArray(value) || typeof value === 'string' ? value.length : Number(value);
  const within = (least: unknown, most: unknown) =>
    !(typeof least === 'number' && length < least) && !(typeof most === 'number' && length > most);
  const isFine =
    (!types || types.some(isOf)) &&
    (!Array.isArray(schema.enum) || schema.enum.includes(value)) &&
    (schema.const === undefined || schema.const === value) &&
    (!Array.isArray(value) || within(schema.minItems, schema.maxItems)) &&
    (typeof value !== 'string' || within(schema.minLength, schema.maxLength)) &&
    (typeof value !== 'number' || within(schema.minimum, schema.maximum));
  if (!isFine) throw new Misfit(`${place} is ${typeOf(value)} and does not fit`);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** `#/$defs/Item` */
function referredTo(reference: unknown, root: Schema, place: string): unknown {
  const parts = String(reference).split('/');
  if (parts.shift() !== '#' || parts.length > 10) throw new Misfit(`${place} refers to another document`);
  return parts.reduce<unknown>((here, part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isMap(here) || !Object.hasOwn(here, name)) throw new Misfit(`${place} refers to what is not there`);
    return here[name];
  }, root);
}

function isMap(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
