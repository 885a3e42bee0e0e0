import type { ItemsAnswer } from '../../../orchestrator/serving/contract/items.ts';
import { useLoaded } from '../api/loaded.ts';
import { Failure } from '../parts/failure.tsx';
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
        <p class="hint">Nothing is called like this. Ask for it in words instead.</p>
      )}
      {value && <Tiles items={value.data} />}
    </section>
  );
}
