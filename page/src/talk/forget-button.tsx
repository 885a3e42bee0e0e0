import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { Icon } from '../parts/icon.tsx';
import { leaveRow } from '../parts/leave-row.ts';
import { forget, undoably } from './memory.ts';

/** Takes an item out of the history, in whose list it stands. */
export function ForgetButton({ item }: { item: ItemCard }) {
  return (
    <button
      type="button"
      class="quiet icon-button"
      aria-label={`Forget ${item.title || item.item_id}`}
      title="Forget"
      onClick={(event) => {
        leaveRow(event.currentTarget);
        undoably(`Forgotten: ${item.title || item.item_id}`, () => forget(item));
      }}
    >
      <Icon name="close" />
    </button>
  );
}
