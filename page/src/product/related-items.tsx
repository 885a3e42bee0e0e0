import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import type { SimilarItems, TogetherItems } from '../../../orchestrator/serving/contract/related.ts';
import { isSoldOut, soldOutLast } from '../../../orchestrator/shared/sold-out.ts';
import { type Loaded, useLoaded } from '../api/loaded.ts';
import { Failure } from '../parts/failure.tsx';
import { ItemLink } from '../parts/item-link.tsx';
import { Picture } from '../parts/picture.tsx';
import { PriceAndStock } from '../parts/price-and-stock.tsx';
import { Waiting } from '../parts/waiting.tsx';

const shown = 6;
/** More are asked for: what is sold out stands behind all others. */
const asked = 12;
/** What one customer took together says little, and so does what chance might have brought together. */
const isTelling = ({ users, lift }: TogetherItems['data'][number]) => users >= 2 && lift >= 2;

/** What people take with an item, and what is like it. */
export function RelatedItems({ path }: { path: string }) {
  const together = useLoaded<TogetherItems>(`${path}/together?k=${asked}`).value;
  const similar = useLoaded<SimilarItems>(`${path}/similar?k=${asked}`).value;
  const goesWith = together.value?.data.filter(isTelling) ?? [];
  const names = new Set(goesWith.slice(0, shown).map(({ item_id }) => item_id));
  const others = similar.value?.data.filter(({ item_id }) => !names.has(item_id)) ?? [];
  const isWaiting = [together, similar].some(({ value, error }) => !value && !error);
  return (
    <>
      <Items name="Goes with" items={goesWith} failure={failureOf(together)} />
      <Items name="Similar" items={others} failure={failureOf(similar)} />
      {isWaiting && <Waiting what="Looking for what goes with it" />}
    </>
  );
}

/** A run without vectors knows of nothing that is similar: that is no failure. */
function failureOf({ value, error, code }: Loaded<unknown>): string | null {
  return value || code === 'serving/no-vectors' ? null : error;
}

function Items({
  name,
  items,
  failure,
}: {
  name: string;
  items: readonly ItemCard[];
  failure: string | null;
}) {
  if (items.length === 0 && !failure) return null;
  return (
    <section class="product-related" aria-label={name}>
      <h3>{name}</h3>
      {failure && <Failure message={failure} />}
      {items.length > 0 && (
        <ul>
          {soldOutLast(items, isSoldOut)
            .slice(0, shown)
            .map((item) => (
              <li key={item.item_id} class="small-card">
                <Picture item={item} />
                <div>
                  <p class="item-title">
                    <ItemLink item={item} />
                  </p>
                  <PriceAndStock item={item} />
                </div>
              </li>
            ))}
        </ul>
      )}
    </section>
  );
}
