import { chooseShape } from './branching.ts';
import type { BuildItemIndexOptions, Source } from './types.ts';

/** What a digit was made from; `identity` tells items apart and means nothing else. */
export type LevelSource = Source | 'joined' | 'identity';

/**
 * [levels] what each digit of an index built with these options was made from. `items` is the size of the catalogue,
 * `levels` the length of its codes. Null for a level that nothing was made from: random codes.
 */
export function levelSources(
  options: Pick<BuildItemIndexOptions, 'method' | 'fusion' | 'sources' | 'branching' | 'faithful' | 'digits'>,
  items: number,
  levels: number,
): (LevelSource | null)[] {
  const { method, fusion, sources, branching, faithful, digits = {} } = options;
  const { height } = chooseShape(items, branching, faithful);
  const made: LevelSource[] =
    fusion === 'embeddings'
      ? new Array(height).fill('joined')
      : sources.flatMap((source) => new Array(digits[source] ?? height).fill(source));
  const path = method === 'random' ? made.map(() => null) : made;
  return Array.from({ length: levels }, (_, level) => (level < path.length ? path[level] : 'identity'));
}
