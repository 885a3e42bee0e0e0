import type { ItemIndex, Paths } from './types.ts';

/** Paths one after the other: the digits of the first, then those of the second, … */
export function joinPaths(paths: readonly Paths[]): Paths {
  const levels = paths.reduce((sum, path) => sum + path.levels, 0);
  const items = paths[0].codes.length / paths[0].levels;
  const codes = new Int32Array(items * levels);
  let offset = 0;
  for (const path of paths) {
    for (let item = 0; item < items; item++)
      for (let level = 0; level < path.levels; level++)
        codes[item * levels + offset + level] = path.codes[item * path.levels + level];
    offset += path.levels;
  }
  return { levels, codes };
}

/** The first `levels` digits of every path. */
export function firstLevels(paths: Paths, levels: number): Paths {
  if (levels === paths.levels) return paths;
  const items = paths.codes.length / paths.levels;
  const codes = Int32Array.from(
    { length: items * levels },
    (_, at) => paths.codes[Math.floor(at / levels) * paths.levels + (at % levels)],
  );
  return { levels, codes };
}

/** With the size of each level: its largest digit + 1. */
export function withLevelSizes({ levels, codes }: Paths): ItemIndex {
  const levelSizes = new Array<number>(levels).fill(0);
  for (let at = 0; at < codes.length; at++)
    levelSizes[at % levels] = Math.max(levelSizes[at % levels], codes[at] + 1);
  return { levels, levelSizes, codes };
}
