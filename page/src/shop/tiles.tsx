import { kindOf, PriceAndStock, type ShownItem, stockOf } from '../parts/item-facts.tsx';
import { Picture } from '../parts/picture.tsx';
import { addToHistory, history } from '../talk/session.ts';

/** Items as a shop shows them; what is bought joins the history at once. */
export function Tiles({ items }: { items: readonly ShownItem[] }) {
  return (
    <ul class="tiles">
      {items.map((item) => (
        <Tile key={item.item_id} item={item} />
      ))}
    </ul>
  );
}

function Tile({ item }: { item: ShownItem }) {
  const name = item.title || item.item_id;
  const kind = kindOf(item);
  const isHad = history.value.some(({ item_id }) => item_id === item.item_id);
  return (
    <li class="tile">
      <Picture item={item} />
      {kind && <p class="item-kind">{kind}</p>}
      <h3 class="item-title" title={name}>
        {name}
      </h3>
      <PriceAndStock item={item} />
      <button
        type="button"
        aria-label={isHad ? `Buy ${name} again` : `Buy ${name}`}
        disabled={stockOf(item)?.kind === 'none'}
        onClick={() => addToHistory(item)}
      >
        {isHad ? 'Buy again' : 'Buy'}
      </button>
    </li>
  );
}
