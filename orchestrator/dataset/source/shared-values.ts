/** Beyond so many different ones, values are likely an item's own. */
const most = 100_000;

/**
 * Gives equal lists and texts as one: a million items of a shop have a few thousand category paths and brands. A list that
 * is shared must not be changed in place.
 */
export function createSharedValues() {
  const lists = new Map<string, string[]>();
  const texts = new Map<string, string>();
  return {
    list: (list: string[]) => firstOf(lists, `${list.length}\0${list.join('\0')}`, list),
    text: (text: string) => firstOf(texts, text, text),
  };
}

function firstOf<Value>(known: Map<string, Value>, key: string, value: Value): Value {
  const first = known.get(key);
  if (first !== undefined) return first;
  if (known.size < most) known.set(key, value);
  return value;
}
