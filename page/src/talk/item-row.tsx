import { useSignal } from '@preact/signals';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { isSoldOut } from '../../../orchestrator/shared/sold-out.ts';
import { kindOf } from '../parts/item-facts.ts';
import { ItemLink } from '../parts/item-link.tsx';
import { Picture } from '../parts/picture.tsx';
import { PriceAndStock } from '../parts/price-and-stock.tsx';
import { LikeButtons } from './like-buttons.tsx';
import { dislikes } from './memory.ts';
import { ReasonLine } from './reason.tsx';
import { TakeButton } from './take-button.tsx';
import type { Turn } from './turn.ts';
import { Why } from './why.tsx';
import { WhyButton } from './why-button.tsx';

/** An item of an answer: what a shopper wants to know of it, and why it is there. */
export function ItemRow({ item, place, turn }: { item: RecommendedItem; place: number; turn: Turn }) {
  const isOpen = useSignal(false);
  const isDisliked = dislikes.value.some((each) => each.item_id === item.item_id);
  const kind = kindOf(item);
  return (
    <li
      class={['item-card', isDisliked && 'is-disliked', isSoldOut(item) && 'is-sold-out']
        .filter(Boolean)
        .join(' ')}
      value={place}
    >
      <Picture item={item} />
      <div class="item-body">
        <h3 class="item-title">
          <ItemLink item={item} />
        </h3>
        {kind && <p class="item-kind">{kind}</p>}
        <PriceAndStock item={item} />
        <ReasonLine item={item} list={turn} />
      </div>
      <Actions
        item={item}
        isOpen={isOpen.value}
        onWhy={() => {
          isOpen.value = !isOpen.value;
        }}
      />
      {isOpen.value && <Why item={item} list={turn} />}
    </li>
  );
}

function Actions({ item, isOpen, onWhy }: { item: RecommendedItem; isOpen: boolean; onWhy: () => void }) {
  const name = item.title || item.item_id;
  return (
    <fieldset class="item-actions">
      <legend class="sr-only">Actions for {name}</legend>
      <TakeButton item={item} />
      <LikeButtons item={item} />
      <WhyButton name={name} isOpen={isOpen} onWhy={onWhy} />
    </fieldset>
  );
}
