import { useSignal } from '@preact/signals';
import { ItemLink } from '../parts/item-link.tsx';
import { Picture } from '../parts/picture.tsx';
import { Times } from '../parts/times.tsx';
import { isNarrow } from '../state/narrow.ts';
import { ForgetButton } from '../talk/forget-button.tsx';
import { itemCounts } from '../talk/item-counts.ts';
import { history } from '../talk/memory.ts';

/** So many of the latest are shown at first. */
const few = { narrow: 3, wide: 6 };

/** What the customer has bought, the latest first: what "for you" and the answers start from. */
export function Bought() {
  const isWhole = useSignal(false);
  const items = itemCounts(history.value.toReversed());
  if (items.length === 0) return null;
  const most = isNarrow.value ? few.narrow : few.wide;
  const shown = isWhole.value ? items : items.slice(0, most);
  return (
    <section class="shop-part" aria-label="Bought before">
      <div class="title-row">
        <h2>
          Bought before <span class="count">{items.length}</span>{' '}
          {items.length > 1 && <span class="hint">the latest first</span>}
        </h2>
        {items.length > most && (
          <button
            type="button"
            class="quiet"
            aria-expanded={isWhole.value}
            onClick={() => {
              isWhole.value = !isWhole.value;
            }}
          >
            {isWhole.value ? 'Show fewer' : `Show all ${items.length}`}
          </button>
        )}
      </div>
      <ol class="bought">
        {shown.map(({ item, times }) => (
          <li key={item.item_id}>
            <Picture item={item} />
            <span class="item-title">
              <ItemLink item={item} />
              <Times count={times} />
            </span>
            <ForgetButton item={item} />
          </li>
        ))}
      </ol>
    </section>
  );
}
