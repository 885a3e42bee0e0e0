import type { CodeDigit } from '../../../orchestrator/serving/contract/explanations.ts';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { Code, plainToken, sourceNames } from '../parts/code.tsx';
import { about } from '../state/about.ts';
import { linkTo } from '../state/route.ts';

/** For those who know how it works: the code digit by digit, and its probability. */
export function WhyCode({
  item,
  code,
  items,
}: {
  item: RecommendedItem;
  code: readonly CodeDigit[];
  /** The whole answer. */
  items: readonly RecommendedItem[];
}) {
  const digits = code.map(({ token }) => plainToken(token).slice(1)).join(',');
  // Only items that were searched together compare.
  const group = items.filter(({ matched, wish }) => matched === item.matched && wish === item.wish);
  return (
    <details class="why-model">
      <summary>
        Code and probability <Code tokens={item.code} sources={code.map(({ source }) => source)} />
      </summary>
      <ol class="why-code" aria-label="The code, digit by digit">
        {code.map(({ token, source, branch_items, shared_with }) => (
          <li key={token}>
            <span class={`digit digit-${source ?? 'plain'}`}>{plainToken(token)}</span>
            <span class="why-source">{source ? sourceNames[source] : 'digit'}</span>
            <span class="hint">
              {branch_items === 1
                ? 'this item alone'
                : `${branch_items.toLocaleString('en-US')} items so far`}
              {shared_with.length > 0 && `, with ${shared_with.map(({ title }) => title).join(', ')}`}
            </span>
          </li>
        ))}
      </ol>
      {group.length > 1 && <Probabilities item={item} group={group} />}
      <a href={linkTo(['index', about.value!.model.id], { digits })}>See its place in the index</a>
    </details>
  );
}

/** A bar an item, against the best of those that were searched with it. */
function Probabilities({ item, group }: { item: RecommendedItem; group: readonly RecommendedItem[] }) {
  const most = Math.max(...group.map(({ score }) => score));
  return (
    <figure class="probabilities">
      <figcaption class="hint">
        Probability of the code: <span class="figure">{percentOf(item.score)}</span>, against the other items
      </figcaption>
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
    </figure>
  );
}

/** `4.1%` */
function percentOf(score: number): string {
  const percent = 100 * Math.exp(score);
  if (percent < 0.01) return '< 0.01%';
  return `${percent.toFixed(percent < 1 ? 2 : 1)}%`;
}
