/** Where a value was written. */
export interface Origin {
  /** `file:line`, or `--set a.b=value`. */
  place: string;
  /** Relative paths in the value start here. */
  folder: string;
  /** Somebody wrote it who may not decide what is fetched: it stands in a text that came over the wire, in no file. */
  foreign?: boolean;
}

export type Scalar = string | number | boolean | null;
export type LocatedMap = Map<string, Located>;

/** A YAML value that knows where each of its parts was written. */
export interface Located {
  origin: Origin;
  value: Scalar | Located[] | LocatedMap;
  /** What was written, where it needs an environment and none is read; the value is null then. */
  refused?: string;
  /** Nothing is written behind the name: a gap that is to be filled. */
  isGap?: boolean;
}

/** The value alone. */
export function plainValue({ value }: Located): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [key, plainValue(inner)]));
  return value;
}

/** A plain value, all of which was written in one place. */
export function locatedFrom(value: unknown, origin: Origin): Located {
  if (Array.isArray(value)) return { origin, value: value.map((each) => locatedFrom(each, origin)) };
  if (typeof value !== 'object' || value === null) return { origin, value: value as Scalar };
  const entries = Object.entries(value).map(([key, inner]) => [key, locatedFrom(inner, origin)] as const);
  return { origin, value: new Map(entries) };
}

/** What stands at a path, or undefined. */
export function locatedAt(root: Located, path: readonly PropertyKey[]): Located | undefined {
  let here: Located | undefined = root;
  for (const part of path) {
    if (here?.value instanceof Map) here = here.value.get(String(part));
    else if (Array.isArray(here?.value)) here = here.value[Number(part)];
    else return undefined;
  }
  return here;
}

/** Where a path was written; for what was left out, where the nearest part around it was. */
export function originOf(root: Located, path: readonly PropertyKey[]): Origin {
  for (let length = path.length; length > 0; length--) {
    const found = locatedAt(root, path.slice(0, length));
    if (found) return found.origin;
  }
  return root.origin;
}

/** Maps are joined key by key; anything else of `over` replaces what is in `under`. A gap leaves refused what is. */
export function mergeLocated(under: Located, over: Located): Located {
  if (under.refused !== undefined && over.isGap) return { ...under, origin: over.origin, isGap: true };
  if (!(under.value instanceof Map) || !(over.value instanceof Map)) return over;
  const joined: LocatedMap = new Map(under.value);
  for (const [key, value] of over.value) {
    const below = joined.get(key);
    joined.set(key, below ? mergeLocated(below, value) : value);
  }
  return { origin: over.origin, value: joined };
}
