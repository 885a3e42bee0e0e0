import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { isSoldOut } from '../../../orchestrator/shared/sold-out.ts';
import { about } from '../state/about.ts';
import { addToHistory, forget, history, undoably } from './memory.ts';

/** In the shop of the demo, Buy, while there is some left; elsewhere, what one has already. Either joins the history at once. */
export function TakeButton({ item, isMain = false }: { item: ItemCard; isMain?: boolean }) {
  const name = item.title || item.item_id;
  const isHad = history.value.some(({ item_id }) => item_id === item.item_id);
  const look = isMain ? 'primary take' : 'take';
  if (!about.value?.demo)
    return (
      <button
        type="button"
        class={look}
        aria-pressed={isHad}
        aria-label={`I have it: ${name}`}
        onClick={() =>
          isHad
            ? undoably(`Forgotten: ${name}`, () => forget(item))
            : undoably(`Added to the history: ${name}`, () => addToHistory(item))
        }
      >
        I have it
      </button>
    );
  if (isSoldOut(item)) return null;
  const label = isHad ? 'Buy again' : 'Buy';
  return (
    <button
      type="button"
      class={look}
      aria-label={`${label}: ${name}`}
      onClick={() => undoably(`Bought: ${name}`, () => addToHistory(item))}
    >
      {label}
    </button>
  );
}
