import type { T5Config } from './config.ts';

/**
 * Buckets of relative positions (Raffel et al. 2020, section 2.1): near distances have one each, far ones share them by
 * the logarithm. An encoder looks both ways, a decoder backwards alone.
 */
export function bucketOf(
  distance: number,
  bothWays: boolean,
  {
    relative_attention_num_buckets: all,
    relative_attention_max_distance: most,
  }: Pick<T5Config, 'relative_attention_num_buckets' | 'relative_attention_max_distance'>,
): number {
  const buckets = bothWays ? all >> 1 : all;
  const side = bothWays && distance > 0 ? buckets : 0;
  const away = bothWays ? Math.abs(distance) : Math.max(0, -distance);
  const exact = buckets >> 1;
  if (away < exact) return side + away;
  // float32, as transformers computes it: at a border the last bit decides.
  const share = Math.fround(
    Math.fround(Math.log(Math.fround(away / exact))) / Math.fround(Math.log(most / exact)),
  );
  return side + Math.min(buckets - 1, exact + Math.trunc(Math.fround(share * (buckets - exact))));
}

/** [length * length] of a sequence: row by row, from each position to each other. */
export function bucketTable(length: number, bothWays: boolean, config: T5Config): Int32Array {
  const byDistance = Int32Array.from({ length: 2 * length - 1 }, (_, at) =>
    bucketOf(at - (length - 1), bothWays, config),
  );
  return Int32Array.from(
    { length: length * length },
    (_, flat) => byDistance[(flat % length) - Math.floor(flat / length) + length - 1],
  );
}
