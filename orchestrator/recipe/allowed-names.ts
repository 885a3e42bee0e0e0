import type { z } from 'zod';

type Definition = {
  type: string;
  innerType?: z.ZodType;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
  discriminator?: string;
  entries?: Record<string, string>;
};

/** The names that may stand in the map at `path`; `value` decides where the schema has variants. */
export function allowedNames(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): string[] {
  const here = variantOf(unwrap(schema), value);
  const definition = definitionOf(here);
  if (path.length === 0) return definition.shape ? Object.keys(definition.shape) : keysOf(definition.keyType);
  const [part, ...rest] = path;
  const inner = definition.shape?.[String(part)] ?? definition.element ?? definition.valueType;
  return inner ? allowedNames(inner, rest, (value as Record<PropertyKey, unknown> | null)?.[part]) : [];
}

/** Of a map whose names are listed, or listed in part. */
function keysOf(keyType: z.ZodType | undefined): string[] {
  if (!keyType) return [];
  const { entries, options = [] } = definitionOf(keyType);
  return [...Object.keys(entries ?? {}), ...options.flatMap(keysOf)];
}

/** For a name that only another variant of the map has: the setting that chooses that variant, `tuning: lora`. */
export function otherVariantWith(
  schema: z.ZodType,
  path: readonly PropertyKey[],
  name: string,
): string | undefined {
  const definition = definitionOf(unwrap(schema));
  if (path.length > 0) {
    const [part, ...rest] = path;
    const inner = definition.shape?.[String(part)] ?? definition.element;
    return inner && otherVariantWith(inner, rest, name);
  }
  for (const option of definition.options ?? []) {
    const shape = definitionOf(option).shape;
    if (shape && name in shape && definition.discriminator)
      return `${definition.discriminator}: ${literalOf(shape[definition.discriminator])}`;
  }
  return undefined;
}

/** The settings of this name below `path`, as `training.stages.0.epochs`. */
export function settingsBelow(schema: z.ZodType, path: readonly PropertyKey[], name: string): string[] {
  const found = new Set<string>();
  const visit = (here: z.ZodType, at: readonly string[]): void => {
    const { shape, element, options } = definitionOf(unwrap(here));
    if (shape && Object.hasOwn(shape, name)) found.add([...at, name].join('.'));
    for (const [key, inner] of Object.entries(shape ?? {})) visit(inner, [...at, key]);
    if (element) visit(element, [...at, '0']);
    for (const option of options ?? []) visit(option, at);
  };
  visit(schema, []);
  const above = path.map((part) => `${String(part)}.`).join('');
  return [...found].filter((setting) => setting.startsWith(above));
}

function definitionOf(schema: z.ZodType): Definition {
  return schema.def as unknown as Definition;
}

function unwrap(schema: z.ZodType): z.ZodType {
  const { innerType } = definitionOf(schema);
  return innerType ? unwrap(innerType) : schema;
}

function variantOf(schema: z.ZodType, value: unknown): z.ZodType {
  const { options, discriminator } = definitionOf(schema);
  if (!options || !discriminator) return schema;
  const chosen = (value as Record<string, unknown> | null | undefined)?.[discriminator];
  return (
    options.find((option) => literalOf(definitionOf(option).shape![discriminator]) === chosen) ?? options[0]
  );
}

function literalOf(schema: z.ZodType): unknown {
  return (schema.def as unknown as { values?: unknown[] }).values?.[0];
}
