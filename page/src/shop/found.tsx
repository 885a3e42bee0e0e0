import type { ItemsAnswer } from '../../../orchestrator/serving/contract/items.ts';
import { useLoaded } from '../api/loaded.ts';
import { Failure } from '../parts/failure.tsx';
import { Icon } from '../parts/icon.tsx';
import { isNarrow } from '../state/narrow.ts';
import { goTo } from '../state/route.ts';
import { ask } from '../talk/session.ts';
import { Tiles } from './tiles.tsx';

/** What a search finds. */
export function Found({ query }: { query: string }) {
  const loaded = useLoaded<ItemsAnswer>(`v1/items?limit=12&query=${encodeURIComponent(query)}`);
  const { value, error } = loaded.value;
  return (
    <section class="shop-part" aria-label="Found">
      <h2>Found</h2>
      {error && <Failure message={error} />}
      {value?.data.length === 0 && (
        <>
          <p class="hint">
            Nothing is called like this. Asked in words, the shop also looks for what is meant.
          </p>
          <p>
            <button
              type="button"
              onClick={() => {
                if (isNarrow.value) goTo(['ask']);
                void ask(query);
              }}
            >
              <Icon name="ask" /> Ask for “{query}”
            </button>
          </p>
        </>
      )}
      {value && <Tiles items={value.data} />}
    </section>
  );
}
