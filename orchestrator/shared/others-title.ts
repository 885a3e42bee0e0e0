/** What stands above the items of an answer that do not match, by the kinds of their reasons. */
export function othersTitle(items: readonly { why?: { kind: string } | undefined }[]): string {
  const kinds = new Set(items.map(({ why }) => why?.kind));
  const said = ['near', 'popular'].filter((kind) => kinds.delete(kind));
  return `Not matching, but ${kinds.size > 0 || said.length === 0 ? 'likely' : said.join(' or ')}`;
}
