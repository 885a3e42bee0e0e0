/** The part of JSON Schema that recipes use. */
export interface Schema {
  type?: string | string[];
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  required?: string[];
}

export type Path = readonly (string | number)[];

/** What may stand at a path; variants of a map count as one map that has the names of all. */
export function schemaAt(schema: Schema, path: Path): Schema | null {
  const [part, ...rest] = path;
  if (part === undefined) return schema;
  const inner = propertiesOf(schema)[part] ?? itemsOf(schema) ?? recordOf(schema);
  return inner ? schemaAt(inner, rest) : null;
}

/** The names that a map may have. */
export function propertiesOf(schema: Schema): Record<string, Schema> {
  const names = namesOf(schema.propertyNames ?? {}).map((name): [string, Schema] => [
    String(name),
    recordOf(schema) ?? {},
  ]);
  return Object.assign(
    {},
    ...variantsOf(schema).map(propertiesOf),
    Object.fromEntries(names),
    schema.properties ?? {},
  );
}

/** The names that are known, of those that a pattern also allows. */
function namesOf(propertyNames: Schema): unknown[] {
  return [...(propertyNames.enum ?? []), ...variantsOf(propertyNames).flatMap(namesOf)];
}

/** The values that can be chosen from; null where any can be written. */
export function choicesOf(schema: Schema): unknown[] | null {
  if (schema.enum) return schema.enum;
  if (schema.const !== undefined) return [schema.const];
  if (schema.type === 'boolean') return [true, false];
  const variants = variantsOf(schema).map(choicesOf);
  return variants.length > 0 && variants.every((choices) => choices !== null) ? variants.flat() : null;
}

/** Of a list of choices: what it may name; null for any other. */
export function listChoicesOf(schema: Schema): unknown[] | null {
  return schema.type === 'array' ? (itemsOf(schema)?.enum ?? null) : null;
}

export function itemsOf(schema: Schema): Schema | null {
  if (typeof schema.items === 'object') return schema.items;
  return variantsOf(schema).map(itemsOf).find(Boolean) ?? null;
}

export function variantsOf({ anyOf = [], oneOf = [] }: Schema): Schema[] {
  return [...anyOf, ...oneOf];
}

/** `whole number, 2 to 4096` is for the documentation; here it is `integer`, `text`, `one of 3`. */
export function kindOf(schema: Schema): string {
  const choices = choicesOf(schema);
  if (choices) return choices.length > 4 ? `one of ${choices.length}` : choices.join(' | ');
  if (isSection(schema)) return 'section';
  const types = [schema.type, ...variantsOf(schema).map(({ type }) => type)].flat().filter(Boolean);
  return [...new Set(types)].join(' | ') || 'value';
}

export function isSection(schema: Schema): boolean {
  return Object.keys(propertiesOf(schema)).length > 0;
}

function recordOf({ additionalProperties }: Schema): Schema | null {
  return typeof additionalProperties === 'object' ? additionalProperties : null;
}
