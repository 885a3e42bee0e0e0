import { chooseShape } from './branching.ts';
import type { ItemIndexSettings, Source } from './settings.ts';
import type { BuildItemIndexOptions, ItemIndex } from './types.ts';

/** What a digit was made from; `identity` tells items apart and means nothing else. */
export type LevelSource = Source | 'joined' | 'identity';

/**
 * [levels] what each digit of an index built with these settings was made from. `items` is the size of the catalogue,
 * `index` the codes. Null for a level that nothing is known to be made from: random
 * codes, those of an index that was made elsewhere, and those of a module of the user's.
 */
export function levelSources(
  settings: Pick<
    BuildItemIndexOptions,
    'method' | 'fusion' | 'sources' | 'branching' | 'faithful' | 'digits'
  > &
    Partial<Pick<ItemIndexSettings, 'path' | 'module' | 'levels'>>,
  items: number,
  { levels, streams }: Pick<ItemIndex, 'levels' | 'streams'>,
): (LevelSource | null)[] {
  const { method, fusion, sources, digits, path: given, module = null } = settings;
  if (given || module !== null) return new Array<null>(levels).fill(null);
  const { height } = chooseShape(items, settings.branching, settings.faithful, settings.levels);
  const made: LevelSource[] = streams
    ? streams.flatMap(({ name, levels: own }) =>
        Array.from({ length: own }, (_, at) => (at < (digits?.[name] ?? height) ? name : 'identity')),
      )
    : fusion === 'embeddings'
      ? new Array(height).fill('joined')
      : sources.flatMap((source) => new Array(digits?.[source] ?? height).fill(source));
  const path = method === 'random' ? made.map(() => null) : made;
  return Array.from({ length: levels }, (_, level) => (level < path.length ? path[level] : 'identity'));
}
