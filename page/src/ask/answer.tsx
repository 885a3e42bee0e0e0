import { useSignal } from '@preact/signals';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { Code, type Source } from '../parts/code.tsx';
import { Failure } from '../parts/failure.tsx';
import { Icon } from '../parts/icon.tsx';
import { dislike, dislikes, forget, like, likes, type Turn } from './session.ts';
import { Why } from './why.tsx';

/** One turn: the question, and the items that answer it. */
export function Answer({ turn, sources }: { turn: Turn; sources: readonly Source[] }) {
  const { question, from, query, items, state, error } = turn;
  const most = Math.max(...items.map(({ score }) => Math.exp(score)), Number.MIN_VALUE);
  return (
    <li class="turn">
      {question !== null && <p class="asked">{question}</p>}
      <p class="answer-head" role="status">
        {headOf(turn)}
        {state === 'answering' && <span class="spinner" aria-hidden="true" />}
      </p>
      {error && <Failure message={error} />}
      {state === 'done' && items.length === 0 && <p class="hint">Nothing is left to recommend.</p>}
      <ol class="item-cards">
        {items.map((item, at) => (
          <ItemView
            key={item.item_id}
            item={item}
            place={at + 1}
            share={Math.exp(item.score) / most}
            sources={sources}
            from={from.map(({ item_id }) => item_id)}
          />
        ))}
      </ol>
      {query && items.length > 0 && <p class="sr-only">Searched for {query}</p>}
    </li>
  );
}

function headOf({ from, query, state, items }: Turn): string {
  if (state === 'answering' && items.length === 0) return 'Decoding codes that exist';
  const start =
    from.length === 0
      ? ''
      : from.length === 1
        ? ` after ${from[0].title || from[0].item_id}`
        : ` after a history of ${from.length} items`;
  return query ? `Found for “${query}”${start}` : `Likely next${start}`;
}

function ItemView({
  item,
  place,
  share,
  sources,
  from,
}: {
  item: RecommendedItem;
  place: number;
  /** Its probability against the best one's. */
  share: number;
  sources: readonly Source[];
  from: readonly string[];
}) {
  const isOpen = useSignal(false);
  const { item_id, title, score, code, matched } = item;
  const isLiked = likes.value.some((each) => each.item_id === item_id);
  const isDisliked = dislikes.value.some((each) => each.item_id === item_id);
  return (
    <li class={`item-card${isDisliked ? ' is-disliked' : ''}`}>
      <span class="item-place" aria-hidden="true">
        {place}
      </span>
      <div class="item-body">
        <h3>{title || item_id}</h3>
        <div class="item-facts">
          <Code tokens={code} sources={sources} />
          <span class="item-score" title={`log p ${score.toFixed(3)}`}>
            {probability(score)}
          </span>
          {matched && (
            <span class="matched" title="Its texts match the request">
              fits the wish
            </span>
          )}
        </div>
        <svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" class="item-bar">
          <rect class="track" width="100" height="3" />
          <rect width={100 * share} height="3" />
        </svg>
      </div>
      <fieldset class="item-actions">
        <legend class="sr-only">Actions for {title || item_id}</legend>
        <button
          type="button"
          class="quiet icon-button"
          aria-pressed={isLiked}
          aria-label={`Like ${title}`}
          title="Like: add it to the history"
          onClick={() => (isLiked ? forget(item) : like(item))}
        >
          <Icon name="like" />
        </button>
        <button
          type="button"
          class="quiet icon-button"
          aria-pressed={isDisliked}
          aria-label={`Dislike ${title}`}
          title="Dislike: never recommended again"
          onClick={() => (isDisliked ? forget(item) : dislike(item))}
        >
          <Icon name="dislike" />
        </button>
        <button
          type="button"
          class="quiet icon-button"
          aria-expanded={isOpen.value}
          aria-label={`Why ${title}?`}
          title="Why?"
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          <Icon name="why" />
        </button>
      </fieldset>
      {isOpen.value && <Why item={item_id} history={from} />}
    </li>
  );
}

/** `4.1%` */
function probability(score: number): string {
  const percent = 100 * Math.exp(score);
  if (percent < 0.01) return '< 0.01%';
  return `${percent.toFixed(percent < 1 ? 2 : 1)}%`;
}
