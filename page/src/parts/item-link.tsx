import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { linkToItem, showItem } from '../state/open-item.ts';

/** The name of an item, which opens it. */
export function ItemLink({ item }: { item: Pick<ItemCard, 'item_id' | 'title'> }) {
  return (
    <a
      class="item-link"
      href={linkToItem(item.item_id)}
      onClick={(event) => {
        // Another tab, or another window, is the browser's work.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        showItem(item.item_id);
      }}
    >
      {item.title || item.item_id}
    </a>
  );
}
