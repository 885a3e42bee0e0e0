import type { Figure, Protocol } from './result.ts';

/** What became of the items that a user had before: they stay in the ranking, or no list holds them. */
export type Seen = 'kept' | 'removed';

/** Figures of one thing, whatever the protocols that they are given under. */
export interface BothFigures {
  metrics: Record<string, Figure>;
  removed: Record<string, Figure> | null;
  kept: Record<string, Figure> | null;
}

/** Whose figures stand in `metrics`: the lists that the recipe makes hold seen items, or they do not. */
export function ownProtocol({
  lists_seen,
  exclude_history,
}: Pick<Protocol, 'lists_seen' | 'exclude_history'>): Seen {
  return lists_seen === false || exclude_history ? 'removed' : 'kept';
}

/** Both protocols in the order in which everything shows them, whichever is the recipe's own: so runs are read side by side. */
export const bothProtocols: readonly Seen[] = ['removed', 'kept'];

/** Those of both under which there are figures, in the same order: older results have one of both. */
export function protocolsOf(
  figures: BothFigures,
  protocol: Pick<Protocol, 'lists_seen' | 'exclude_history'>,
): Seen[] {
  return bothProtocols.filter((seen) => figuresUnder(seen, figures, protocol));
}

/** The figures under one protocol; null in older results, which may have one of both. */
export function figuresUnder(
  seen: Seen,
  figures: BothFigures,
  protocol: Pick<Protocol, 'lists_seen' | 'exclude_history'>,
): Record<string, Figure> | null {
  return seen === ownProtocol(protocol) ? figures.metrics : figures[seen];
}
