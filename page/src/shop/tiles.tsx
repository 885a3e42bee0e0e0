import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { isSoldOut } from '../../../orchestrator/shared/sold-out.ts';
import { kindOf } from '../parts/item-facts.ts';
import { ItemLink } from '../parts/item-link.tsx';
import { Picture, pictureAddress } from '../parts/picture.tsx';
import { PriceAndStock, type ShownItem } from '../parts/price-and-stock.tsx';
import { ReasonLine } from '../talk/reason.tsx';
import { TakeButton } from '../talk/take-button.tsx';

/** `why` where they are recommended. */
type TileItem = ShownItem & Pick<RecommendedItem, 'why'>;

/** Items as a shop shows them, smaller where none has a picture; what is bought joins the history at once. `isRow`: in one row. */
export function Tiles({ items, isRow = false }: { items: readonly TileItem[]; isRow?: boolean }) {
  const isPlain = items.every((item) => pictureAddress(item) === null);
  return (
    <ul class={`tiles${isPlain ? ' is-plain' : ''}${isRow ? ' is-row' : ''}`}>
      {items.map((item) => (
        <Tile key={item.item_id} item={item} isPlain={isPlain} />
      ))}
    </ul>
  );
}

/** No words were asked. */
const unasked = { understood: null };

function Tile({ item, isPlain }: { item: TileItem; isPlain: boolean }) {
  const kind = kindOf(item);
  return (
    <li class={`tile${isSoldOut(item) ? ' is-sold-out' : ''}`}>
      {(kind || !isPlain) && (
        <div class="tile-head">
          <Picture item={item} />
          {kind && <p class="item-kind">{kind}</p>}
        </div>
      )}
      <h3 class="item-title">
        <ItemLink item={item} />
      </h3>
      <ReasonLine item={item} list={unasked} />
      <PriceAndStock item={item} />
      <TakeButton item={item} />
    </li>
  );
}
