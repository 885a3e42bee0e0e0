const mostNamed = 5;

/** The first of some ids, as they stand in a message. */
export function namedIds(ids: readonly string[]): string {
  const first = ids.slice(0, mostNamed).map((id) => JSON.stringify(id.slice(0, 60)));
  return `${first.join(', ')}${ids.length > mostNamed ? ', …' : ''}`;
}
