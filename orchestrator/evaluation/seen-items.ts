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

/** The recipe's own protocol, then the other one. */
export function ownFirst(protocol: Pick<Protocol, 'lists_seen' | 'exclude_history'>): readonly [Seen, Seen] {
  return ownProtocol(protocol) === 'kept' ? ['kept', 'removed'] : ['removed', 'kept'];
}

/** The figures under one protocol; null in older results, which may have one of both. */
export function figuresUnder(
  seen: Seen,
  figures: BothFigures,
  protocol: Pick<Protocol, 'lists_seen' | 'exclude_history'>,
): Record<string, Figure> | null {
  return seen === ownProtocol(protocol) ? figures.metrics : figures[seen];
}
