import { useRef } from 'preact/hooks';
import type { ItemCard, ItemsAnswer } from '../../../orchestrator/serving/contract/items.ts';
import { getJson } from '../api/request.ts';
import { Icon } from '../parts/icon.tsx';
import { ItemLink } from '../parts/item-link.tsx';
import { ItemSearch } from '../parts/item-search.tsx';
import { Times } from '../parts/times.tsx';
import { about } from '../state/about.ts';
import { ForgetButton } from '../talk/forget-button.tsx';
import { itemCounts } from '../talk/item-counts.ts';
import { addToHistory, customer, dislikes, history, known, likes, turns, undoably } from '../talk/memory.ts';
import { listLength, recommend } from '../talk/session.ts';
import { useFold } from './use-fold.ts';

/** What the model starts from: found by name, or taken from answers, the latest first; each item can be forgotten. */
export function HistoryPanel() {
  const { isOpen, open, close } = useFold();
  const toggle = useRef<HTMLButtonElement>(null);
  const count = itemCounts(known.value).length;
  const isAnswering = turns.value.some(({ state }) => state === 'answering');
  const most = about.value!.model.max_k;
  return (
    <aside
      class={`history card${isOpen ? ' is-open' : ''}`}
      aria-label="History"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        // Only on a phone there is a button to come back to.
        close();
        toggle.current?.focus();
      }}
    >
      <div class="history-head">
        <h2>History {count > 0 && <span class="count">{count}</span>}</h2>
        {about.value!.demo && <p class="hint whose">{customer.value?.name ?? 'your own session'}</p>}
        <button
          type="button"
          ref={toggle}
          class="quiet icon-button history-toggle"
          aria-expanded={isOpen}
          aria-label="Show or hide the history"
          onClick={isOpen ? close : open}
        >
          <Icon name="down" />
        </button>
      </div>
      <div class="history-body">
        <ItemSearch
          label="Find an item and add it to the history"
          placeholder="Add an item …"
          find={async (query, signal) =>
            (await getJson<ItemsAnswer>(`v1/items?limit=8&query=${encodeURIComponent(query)}`, signal)).data
          }
          onPick={(item) =>
            undoably(`Added to the history: ${item.title || item.item_id}`, () => addToHistory(item))
          }
        />
        {count === 0 && (
          <p class="hint">Items that you add, like or say you have gather here, the latest first.</p>
        )}
        <Items name="Had" items={history.value} />
        <Items name="Liked" items={likes.value} />
        <Items name="Never again" items={dislikes.value} />
        <div class="history-end">
          <label>
            Show{' '}
            <input
              type="number"
              min={1}
              max={most}
              value={Math.min(listLength.value, most)}
              onChange={(event) => {
                const wanted = Math.round(event.currentTarget.valueAsNumber) || 1;
                listLength.value = Math.min(most, Math.max(1, wanted));
              }}
            />{' '}
            items
          </label>
          <button
            type="button"
            class="primary"
            disabled={count === 0 || isAnswering}
            onClick={() => void recommend()}
          >
            Recommend
          </button>
        </div>
      </div>
    </aside>
  );
}

function Items({ name, items }: { name: string; items: readonly ItemCard[] }) {
  if (items.length === 0) return null;
  return (
    <section class="history-items" aria-label={name}>
      <h3>
        {name} {items.length > 1 && <span class="hint">the latest first</span>}
      </h3>
      <ol>
        {itemCounts(items.toReversed()).map(({ item, times }) => (
          <li key={item.item_id}>
            <span>
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
