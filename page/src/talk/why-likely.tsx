import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';

/** How likely the item is beside the others that were searched with it; nothing where its score is no probability. */
export function WhyLikely({
  item,
  items,
}: {
  item: RecommendedItem;
  /** The whole answer. */
  items: readonly RecommendedItem[];
}) {
  // Only items that were searched together compare.
  const group = items.filter(({ matched, wish }) => matched === item.matched && wish === item.wish);
  if (group.length < 2 || !group.every(isProbable)) return null;
  const place = 1 + group.filter(({ score }) => score > item.score).length;
  return (
    <figure class="probabilities">
      <figcaption>
        {place === 1 ? 'The likeliest' : `The ${ordinal(place)} likeliest`} of these {group.length}
      </figcaption>
      <Bars item={item} group={group} />
    </figure>
  );
}

/** Whether the score is the logarithm of a probability. */
export function isProbable({ why, score }: RecommendedItem): boolean {
  return why?.kind !== 'listed' && score <= 0;
}

/** A bar an item, in the order of the answer. */
function Bars({ item, group }: { item: RecommendedItem; group: readonly RecommendedItem[] }) {
  const most = Math.max(...group.map(({ score }) => score));
  return (
    <svg
      viewBox={`0 0 ${group.length * 10} 40`}
      preserveAspectRatio="none"
      role="img"
      aria-label={group.map(({ title, score }) => `${title} ${percentOf(score)}`).join(', ')}
    >
      {group.map(({ item_id, score }, at) => {
        const height = Math.max(1, 40 * Math.exp(score - most));
        return (
          <rect
            key={item_id}
            class={item_id === item.item_id ? 'own' : ''}
            x={at * 10 + 1}
            y={40 - height}
            width="8"
            height={height}
          />
        );
      })}
    </svg>
  );
}

const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });

/** `2nd` */
function ordinal(place: number): string {
  return `${place}${endings[ordinals.select(place)] ?? 'th'}`;
}

/** `4.1%` */
export function percentOf(score: number): string {
  const percent = 100 * Math.exp(score);
  if (percent < 0.01) return '< 0.01%';
  return `${percent.toFixed(percent < 1 ? 2 : 1)}%`;
}
