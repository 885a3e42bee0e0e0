import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { z } from 'zod';
import { jobSchema } from '../../orchestrator/peft-job/job-file.ts';
import { peftSettings } from '../../orchestrator/peft-job/settings.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';

interface Schema {
  type?: string | string[];
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** The worker reads jobs by its own dataclasses: names and types have to be those of the schema that jobs are written by. */
const source = readFileSync(join(packageRoot, 'trainers/peft/eager_llm_peft/job.py'), 'utf8');
const job = z.toJSONSchema(jobSchema) as Schema;
const engine = z.toJSONSchema(peftSettings) as Schema;

const settings: Record<string, Schema[]> = {
  ModelSettings: [property(job, 'model')],
  EngineSettings: [engine],
  Stage: property(job, 'stages').items?.oneOf ?? [],
  Shard: [property(job, 'stages').items?.oneOf?.[0].properties?.shards.items?.items ?? {}],
};

for (const [name, kinds] of Object.entries(settings))
  test(`${name} of the worker has the names and types of job.json`, (t) => {
    const expected = Object.assign({}, ...kinds.map(({ properties }) => properties)) as Record<
      string,
      Schema
    >;
    const found = fieldsOf(name);
    t.true(found.length > 0);
    t.deepEqual(
      Object.fromEntries(found),
      Object.fromEntries(Object.entries(expected).map(([field, schema]) => [field, pythonType(schema)])),
    );
  });

test('what the worker reads of the rest is there', (t) => {
  const read = [...source.matchAll(/value(?:\["(\w+)"\]|\.get\("(\w+)"\))/g)].map(([, a, b]) => a ?? b);
  t.true(read.length > 5);
  for (const name of read) t.true(name in (job.properties ?? {}), name);
  t.regex(source, /value\["validation"\]\["num_beams"\]/);
  t.is(pythonType(property(property(job, 'validation'), 'num_beams')), 'int');
  t.regex(source, new RegExp(`value.get\\("schema_version"\\) != ${property(job, 'schema_version').const}:`));
});

/** Fields of a dataclass, with their types as they are written. */
function fieldsOf(name: string): [string, string][] {
  const [, body] = new RegExp(`\\nclass ${name}:\\n([\\s\\S]*?)(?=\\n    @|\\n\\S)`).exec(source) ?? [];
  return [...(body ?? '').matchAll(/^ {4}(\w+): ([^=\n]+?)(?: =.*)?$/gm)].map(([, field, type]) => [
    field,
    type,
  ]);
}

function pythonType(schema: Schema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(pythonType))].join(' | ');
  if (Number.isInteger(schema.const)) return 'int';
  if (Array.isArray(schema.type)) return schema.type.map((type) => pythonType({ type })).join(' | ');
  if (schema.type === 'array') return `list[${pythonType(schema.items ?? {})}]`;
  if (schema.properties?.file) return 'Shard';
  const plain: Record<string, string> = {
    string: 'str',
    integer: 'int',
    number: 'float',
    boolean: 'bool',
    null: 'None',
    object: 'dict[str, Any]',
  };
  return plain[schema.type ?? ''] ?? `unknown ${JSON.stringify(schema)}`;
}

function property({ properties }: Schema, name: string): Schema {
  return properties?.[name] ?? {};
}
