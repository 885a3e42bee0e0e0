import { useSignal } from '@preact/signals';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { Icon } from '../parts/icon.tsx';
import { kindOf } from '../parts/item-facts.ts';
import { Picture } from '../parts/picture.tsx';
import { PriceAndStock } from '../parts/price-and-stock.tsx';
import { ReasonLine } from './reason.tsx';
import { dislike, dislikes, forget, like, likes } from './session.ts';
import type { Turn } from './turn.ts';
import { Why } from './why.tsx';

/** An item of an answer: what a shopper wants to know of it, and why it is there. */
export function ItemRow({ item, place, turn }: { item: RecommendedItem; place: number; turn: Turn }) {
  const isOpen = useSignal(false);
  const name = item.title || item.item_id;
  const isDisliked = dislikes.value.some((each) => each.item_id === item.item_id);
  const kind = kindOf(item);
  return (
    <li class={`item-card${isDisliked ? ' is-disliked' : ''}`} value={place}>
      <Picture item={item} />
      <div class="item-body">
        <h3 class="item-title">{name}</h3>
        {kind && <p class="item-kind">{kind}</p>}
        <PriceAndStock item={item} />
        <ReasonLine item={item} turn={turn} />
      </div>
      <Actions
        item={item}
        isOpen={isOpen.value}
        onWhy={() => {
          isOpen.value = !isOpen.value;
        }}
      />
      {isOpen.value && <Why item={item} turn={turn} />}
    </li>
  );
}

function Actions({ item, isOpen, onWhy }: { item: RecommendedItem; isOpen: boolean; onWhy: () => void }) {
  const name = item.title || item.item_id;
  const isLiked = likes.value.some((each) => each.item_id === item.item_id);
  const isDisliked = dislikes.value.some((each) => each.item_id === item.item_id);
  return (
    <fieldset class="item-actions">
      <legend class="sr-only">Actions for {name}</legend>
      <button
        type="button"
        class="quiet icon-button"
        aria-pressed={isLiked}
        aria-label={`Like ${name}`}
        title="Like: more of this kind"
        onClick={() => (isLiked ? forget(item) : like(item))}
      >
        <Icon name="like" />
      </button>
      <button
        type="button"
        class="quiet icon-button"
        aria-pressed={isDisliked}
        aria-label={`Dislike ${name}`}
        title="Dislike: never again"
        onClick={() => (isDisliked ? forget(item) : dislike(item))}
      >
        <Icon name="dislike" />
      </button>
      <button
        type="button"
        class="quiet why-button"
        aria-expanded={isOpen}
        aria-label={`Why ${name}?`}
        onClick={onWhy}
      >
        Why? <Icon name="down" />
      </button>
    </fieldset>
  );
}
