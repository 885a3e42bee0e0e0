/** A map that forgets its least recently used entry when it is full. */
export function createBoundedCache<K, V>(
  capacity: number,
): { get(key: K, make: () => V): V; size(): number } {
  const entries = new Map<K, V>();
  return {
    size: () => entries.size,
    get: (key, make) => {
      const held = entries.get(key);
      if (held !== undefined) {
        entries.delete(key);
        entries.set(key, held);
        return held;
      }
      const made = make();
      if (entries.size >= capacity) entries.delete(entries.keys().next().value as K);
      entries.set(key, made);
      return made;
    },
  };
}
