import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';

/** So many are told beside the item itself. */
const most = 8;

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
  const which =
    group.length === items.length
      ? `${group.length} items of this list`
      : `${group.length} items of this list that ${item.wish !== undefined ? 'are for the same wish' : item.matched ? 'match' : 'do not match'}`;
  return (
    <figure class="probabilities">
      <figcaption>
        {place === 1 ? 'The likeliest' : `The ${ordinal(place)} likeliest`} of the {which}.{' '}
        <span class="hint">
          {item.why?.kind === 'popular'
            ? 'The bars are shares of what was taken lately.'
            : 'The bars say how likely the model holds each to be taken next, of the whole catalogue.'}
        </span>
      </figcaption>
      <Bars item={item} group={group} />
    </figure>
  );
}

/** Whether the score is the logarithm of a probability. */
export function isProbable({ why, score }: RecommendedItem): boolean {
  return why?.kind !== 'listed' && score <= 0;
}

/** The likeliest first, and the item itself wherever it stands; a full bar is the likeliest. */
function Bars({ item, group }: { item: RecommendedItem; group: readonly RecommendedItem[] }) {
  const ranked = group.toSorted((a, b) => b.score - a.score);
  const told = ranked.filter(({ item_id }, at) => at < most || item_id === item.item_id);
  return (
    <ol>
      {told.map(({ item_id, title, score }) => (
        <li key={item_id} class={item_id === item.item_id ? 'own' : ''}>
          <span class="bar-name">{title || item_id}</span>
          <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect width={Math.max(1, 100 * Math.exp(score - ranked[0].score))} height="8" />
          </svg>
          <span class="figure">{percentOf(score)}</span>
        </li>
      ))}
    </ol>
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
