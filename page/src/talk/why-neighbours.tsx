import type { Neighbour } from '../../../orchestrator/serving/contract/explanations.ts';
import { ItemLink } from '../parts/item-link.tsx';

/** Below this cosine, items have nothing to do with each other. */
const leastLikeness = 0.25;

/** Items of the history that are really like it; a weak likeness is no reason. */
export function Neighbours({
  behaviour,
  meaning,
  isAsked,
}: {
  behaviour: readonly Neighbour[];
  meaning: readonly Neighbour[];
  /** Whether there is a history to compare with. */
  isAsked: boolean;
}) {
  const lists = [
    { title: 'Goes with', kind: 'behaviour', neighbours: near(behaviour) },
    { title: 'Similar to', kind: 'semantic', neighbours: near(meaning) },
  ].filter(({ neighbours }) => neighbours.length > 0);
  if (lists.length === 0)
    return isAsked ? <p class="hint">No item of your history is clearly like it.</p> : null;
  return (
    <div class="why-lists">
      {lists.map(({ title, kind, neighbours }) => (
        <section key={kind} class={`neighbours source-${kind}`} aria-label={title}>
          <h4>{title}</h4>
          <ul>
            {neighbours.map((neighbour) => (
              <li key={neighbour.item_id}>
                <ItemLink item={neighbour} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

export function near(neighbours: readonly Neighbour[]): Neighbour[] {
  return neighbours.filter(({ similarity }) => similarity >= leastLikeness);
}
