/**
 * Remembers what was made lately: at least the latest `capacity / 2` different keys, at most `capacity`.
 * Two generations in turn: when the young one is full, it becomes the old one, and the old one is forgotten.
 */
export function createBoundedCache<K, V>(
  capacity: number,
): { get(key: K, make: () => V): V; size(): number } {
  let young = new Map<K, V>();
  let old = new Map<K, V>();
  return {
    size: () => young.size + old.size,
    get: (key, make) => {
      const held = young.get(key);
      if (held !== undefined) return held;
      const value = old.get(key) ?? make();
      if (young.size >= capacity / 2) {
        old = young;
        young = new Map();
      }
      young.set(key, value);
      return value;
    },
  };
}
