import { currencyNote, isSoldOut, kindOf, priceOf } from '../parts/item-facts.ts';
import { Picture, pictureAddress } from '../parts/picture.tsx';
import { PriceAndStock, type ShownItem } from '../parts/price-and-stock.tsx';
import { addToHistory, history } from '../talk/session.ts';

/** Items as a shop shows them, smaller where none has a picture; what is bought joins the history at once. */
export function Tiles({ items }: { items: readonly ShownItem[] }) {
  const isPlain = items.every((item) => pictureAddress(item) === null);
  return (
    <>
      <ul class={`tiles${isPlain ? ' is-plain' : ''}`}>
        {items.map((item) => (
          <Tile key={item.item_id} item={item} isPlain={isPlain} />
        ))}
      </ul>
      {items.some((item) => priceOf(item) !== null) && <p class="hint">{currencyNote}</p>}
    </>
  );
}

function Tile({ item, isPlain }: { item: ShownItem; isPlain: boolean }) {
  const name = item.title || item.item_id;
  const kind = kindOf(item);
  const isHad = history.value.some(({ item_id }) => item_id === item.item_id);
  return (
    <li class="tile">
      {(kind || !isPlain) && (
        <div class="tile-head">
          <Picture item={item} />
          {kind && <p class="item-kind">{kind}</p>}
        </div>
      )}
      <h3 class="item-title">{name}</h3>
      <PriceAndStock item={item} />
      <button
        type="button"
        aria-label={isHad ? `Buy ${name} again` : `Buy ${name}`}
        disabled={isSoldOut(item)}
        onClick={() => addToHistory(item)}
      >
        {isHad ? 'Buy again' : 'Buy'}
      </button>
    </li>
  );
}
