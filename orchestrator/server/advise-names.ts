import { nearestName } from '../shared/nearest-name.ts';

/** A finding of zod, as fastify hands it on. */
interface Finding {
  keyword: string;
  /** `/where/price_max`: where in the body. */
  instancePath: string;
  params?: { keys?: unknown };
}

/** For names in a body that its schema does not have: the one that was meant, or those that there are. */
export function adviceOnNames(schema: unknown, findings: readonly Finding[]): string | null {
  const finding = findings.find(({ keyword }) => keyword === 'unrecognized_keys');
  const [written] = Array.isArray(finding?.params?.keys) ? finding.params.keys : [];
  if (!finding || typeof written !== 'string') return null;
  const known = namesAt(schema, finding.instancePath.split('/').filter(Boolean));
  if (known.length === 0) return null;
  const nearest = nearestName(written, known);
  return nearest ? `did you mean "${nearest}"?` : `there are ${known.join(', ')}`;
}

interface SchemaPart {
  def?: {
    innerType?: SchemaPart;
    shape?: Record<string, SchemaPart>;
    element?: SchemaPart;
  };
}

function namesAt(schema: unknown, path: readonly string[]): string[] {
  let here = schema as SchemaPart | undefined;
  for (const step of [...path, null]) {
    while (here?.def?.innerType) here = here.def.innerType;
    if (step !== null) here = here?.def?.shape?.[step] ?? here?.def?.element;
  }
  return Object.keys(here?.def?.shape ?? {});
}
