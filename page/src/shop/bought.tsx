import { Icon } from '../parts/icon.tsx';
import { Picture } from '../parts/picture.tsx';
import { forget, history } from '../talk/session.ts';

/** What the customer has bought, the latest first: what "for you" and the answers start from. */
export function Bought() {
  const items = history.value.toReversed();
  if (items.length === 0) return null;
  return (
    <section class="shop-part" aria-label="Bought before">
      <h2>
        Bought before <span class="count">{items.length}</span>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <ol class="bought" tabIndex={0}>
        {items.map((item) => (
          <li key={item.item_id}>
            <Picture item={item} />
            <span class="item-title">{item.title || item.item_id}</span>
            <button
              type="button"
              class="quiet icon-button"
              aria-label={`Forget ${item.title || item.item_id}`}
              title="Forget"
              onClick={() => forget(item)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
