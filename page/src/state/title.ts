/** What a tab is called: first what sets it apart from the others. `beauty · Runs · eager-llm` */
export function titleOf(
  { path, query }: { path: readonly string[]; query: URLSearchParams },
  start: string,
): string {
  const [view = start, name] = path;
  const compared = query.get('compare')?.split(',').join(', ');
  const sweep = query.get('sweep');
  const what = view === 'runs' ? (name ?? compared ?? (sweep && `sweep ${sweep}`)) : name;
  return [what, `${view.charAt(0).toUpperCase()}${view.slice(1)}`, 'eager-llm'].filter(Boolean).join(' · ');
}
