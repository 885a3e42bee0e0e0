/** What a tab is called: first what sets it apart from the others. `beauty · Runs · eager-llm` */
export function titleOf(place: { path: readonly string[]; query: URLSearchParams }): string {
  const {
    path: [view = 'ask', name],
    query,
  } = place;
  const compared = query.get('compare')?.split(',').join(', ');
  const sweep = query.get('sweep');
  const what = view === 'runs' ? (name ?? compared ?? (sweep && `sweep ${sweep}`)) : name;
  return [what, `${view.charAt(0).toUpperCase()}${view.slice(1)}`, 'eager-llm'].filter(Boolean).join(' · ');
}
