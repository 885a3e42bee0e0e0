import type { ItemDetails } from '../../../orchestrator/serving/contract/items.ts';
import { factsOf } from '../parts/item-facts.ts';
import { Picture } from '../parts/picture.tsx';
import { PriceAndStock } from '../parts/price-and-stock.tsx';
import { about } from '../state/about.ts';
import { LikeButtons } from '../talk/like-buttons.tsx';
import { dislikes, history, likes } from '../talk/memory.ts';
import { TakeButton } from '../talk/take-button.tsx';

/** What the data say of an item, and what one can do with it. */
export function Details({ item }: { item: ItemDetails }) {
  const { brand, categories = [], description } = item;
  const standing = standingOf(item);
  const address = String(item.attributes?.url ?? '');
  return (
    <div class="product-details">
      <Picture item={item} />
      <div class="product-text">
        {(brand || categories.length > 0) && (
          <p class="item-kind">{[brand, categories.join('\u00a0› ')].filter(Boolean).join('\u00a0· ')}</p>
        )}
        <PriceAndStock item={item} />
        <div class="product-actions">
          <TakeButton item={item} isMain />
          <LikeButtons item={item} />
        </div>
        <p class="product-standing" role="status">
          {standing}
        </p>
        {description && <p class="product-description">{description}</p>}
        <Facts item={item} />
        {address.startsWith('https://') && (
          <p>
            <a href={address} target="_blank" rel="noopener noreferrer">
              Its page in the shop
            </a>
          </p>
        )}
      </div>
    </div>
  );
}

/** What the conversation knows of it. */
function standingOf({ item_id }: ItemDetails): string {
  const isIn = (items: readonly { item_id: string }[]) => items.some((item) => item.item_id === item_id);
  const times = history.value.filter((item) => item.item_id === item_id).length;
  if (isIn(dislikes.value)) return 'You do not want it: lists leave it out.';
  if (isIn(likes.value)) return 'You like it: more of its kind comes first.';
  if (times === 0) return '';
  if (!about.value?.demo) return 'You have it.';
  return times === 1 ? 'You bought it.' : `You bought it ${times} times.`;
}

function Facts({ item }: { item: ItemDetails }) {
  const facts = factsOf(item);
  return (
    <dl class="product-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
