/**
 * Writes docs/recipe-reference.md from the recipe's schema, where every setting has its meaning and default:
 *
 *   npx tsx scripts/recipe-reference.ts
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { recipeJsonSchema } from '../orchestrator/recipe/json-schema.ts';
import { recipeSchema } from '../orchestrator/recipe/schema.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import { writeFileAtomic } from '../orchestrator/storage/atomic-file.ts';

/** The part of JSON Schema that recipes use. */
interface Schema {
  description?: string;
  default?: unknown;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  propertyNames?: Schema;
  additionalProperties?: Schema | false;
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: string[];
  const?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
}

interface Row {
  setting: string;
  schema: Schema;
  required: boolean;
}

export const referenceFile = 'docs/recipe-reference.md';

const intro = `# Every setting of a recipe

Made from the schema by ${code('npx tsx scripts/recipe-reference.ts')}: change the ${code('settings.ts')} of a section's folder, not this page.
A setting marked *required* has no default; one with nothing there is left out where it is not needed. [Recipes](02-recipes.md) explains how files, ${code('extends')} and ${code('--set')} work together.
`;

/** The page as Markdown. */
export function recipeReference(): string {
  const { properties = {} } = recipeJsonSchema() as Schema;
  const isSection = (schema: Schema) => schema.properties !== undefined || schema.oneOf !== undefined;
  const plain = Object.entries(properties).filter(([, schema]) => !isSection(schema));
  const top = plain
    .map(([setting, schema]) => ({ setting, schema: withoutFallback(setting, schema), required: false }))
    .sort((a, b) => Number(b.setting === 'extends') - Number(a.setting === 'extends'));
  // Files may leave settings to others that they build on; the whole may not.
  const whole = z.toJSONSchema(recipeSchema, { io: 'input' }) as Schema;
  const sections = Object.entries(whole.properties ?? {})
    .filter(([, schema]) => isSection(schema))
    .map(
      ([name, schema]) =>
        `## ${name}\n\n${capital(schema.description ?? '')}.\n\n${table(rowsOf(schema), `${name}.`)}`,
    );
  return `${[intro, `## At the top\n\n${table(top)}`, ...sections].join('\n')}`;
}

/** A recipe without a name takes that of its file; the schema's own fallback never shows. */
function withoutFallback(setting: string, { default: fallback, ...schema }: Schema): Schema {
  return setting === 'name' ? schema : { ...schema, default: fallback };
}

function table(rows: Row[], prefix = ''): string {
  const lines = rows.map(({ setting, schema, required }) => [
    code(`${prefix}${setting}`),
    escapeCell(valuesOf(schema)),
    required ? '*required*' : shownDefault(schema.default),
    escapeCell(schema.description ?? ''),
  ]);
  return [['setting', 'values', 'default', 'meaning'], ['---', '---', '---', '---'], ...lines]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

/** Settings of a section; a map inside of it gives its own settings, as does each variant of a list's items. */
function rowsOf({ properties = {}, required = [], oneOf }: Schema, prefix = ''): Row[] {
  if (oneOf) return variantRows(oneOf, prefix);
  return Object.entries(properties).flatMap(([name, schema]): Row[] => {
    const setting = `${prefix}${name}`;
    if (schema.properties) return rowsOf(schema, `${setting}.`);
    const described = describedMap(schema);
    if (described) return rowsOf(described, `${setting}.`);
    const variants = schema.items?.oneOf;
    if (variants) return variantRows(variants, `${setting}[].`);
    return [{ setting, schema, required: required.includes(name) }];
  });
}

/** Of a map that may be left out, the map, if it says what each of its settings means. */
function describedMap({ anyOf = [] }: Schema): Schema | undefined {
  return anyOf.find(({ properties }) =>
    Object.values(properties ?? { none: {} }).every(({ description }) => description),
  );
}

/** What all variants share once, then what each has of its own. */
function variantRows(variants: Schema[], prefix: string): Row[] {
  const rows = new Map<string, Row>();
  for (const { properties = {} } of variants)
    for (const [name, schema] of Object.entries(properties)) {
      const shared = variants.every((variant) => variant.properties?.[name]);
      const known = rows.get(name);
      if (known && schema.const) known.schema = joined(known.schema, schema);
      else if (!known) {
        const having = variants.filter((variant) => variant.properties?.[name]);
        const own = shared
          ? schema
          : { ...schema, description: `${describeVariants(having)}: ${schema.description}` };
        rows.set(name, { setting: `${prefix}${name}`, schema: own, required: !('default' in schema) });
      }
    }
  return [...rows.values()];
}

/** `tuning: full`, `tuning: lora` and so on become one row. */
function joined(a: Schema, b: Schema): Schema {
  const words = (schema: Schema) =>
    schema.enum ? schema.description : `${schema.const}: ${schema.description}`;
  return {
    enum: [...(a.enum ?? [String(a.const)]), String(b.const)],
    description: `${words(a)}; ${words(b)}`,
  };
}

/** `tuning lora, qlora` */
function describeVariants(variants: Schema[]): string {
  const constants = variants.map(
    ({ properties = {} }): [string, Schema] =>
      Object.entries(properties).find(([, schema]) => schema.const) ?? ['', {}],
  );
  return `${constants[0][0]} ${constants.map(([, { const: value }]) => value).join(', ')}`;
}

function valuesOf(schema: Schema): string {
  const variants = Array.isArray(schema.type)
    ? schema.type.map((type): Schema => ({ ...schema, type }))
    : (schema.anyOf ?? schema.oneOf);
  if (variants) return variants.map(valuesOf).join(' or ');
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(', ');
  if (schema.prefixItems) return `[${schema.prefixItems.map(valuesOf).join(', ')}]`;
  switch (schema.type) {
    case 'array':
      return `list of ${valuesOf(schema.items ?? {})}`;
    case 'object':
      return schema.properties
        ? `{${Object.entries(schema.properties)
            .map(([name, inner]) => `${name}: ${valuesOf(inner)}`)
            .join(', ')}}`
        : `map from ${valuesOf(schema.propertyNames ?? {})} to ${valuesOf(schema.additionalProperties || {})}`;
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'whole number' : 'number'}${range(schema)}`;
    case 'string':
      return 'text';
    case 'boolean':
      return `${code('true')}, ${code('false')}`;
    default:
      return `${schema.type ?? 'anything'}`;
  }
}

/** `, 1 to 64`; bounds that only say "a safe integer" are left out. */
function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const bounds = [
    ...(minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? [`from ${format(minimum)}`] : []),
    ...(exclusiveMinimum !== undefined ? [`above ${format(exclusiveMinimum)}`] : []),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? [`to ${format(maximum)}`] : []),
    ...(exclusiveMaximum !== undefined ? [`and below ${format(exclusiveMaximum)}`] : []),
  ];
  return bounds.length > 0 ? ` ${bounds.join(' ')}` : '';
}

function shownDefault(value: unknown): string {
  if (value === undefined) return '';
  return code(Array.isArray(value) ? `[${value.join(', ')}]` : String(value));
}

function code(text: string): string {
  return `\`${text}\``;
}

function format(value: number): string {
  return value.toLocaleString('en-US');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileAtomic(join(packageRoot, referenceFile), recipeReference());
