import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import type { SimilarItems, TogetherItems } from '../../../orchestrator/serving/contract/related.ts';
import { isSoldOut, soldOutLast } from '../../../orchestrator/shared/sold-out.ts';
import { useLoaded } from '../api/loaded.ts';
import { ItemLink } from '../parts/item-link.tsx';
import { Picture } from '../parts/picture.tsx';
import { PriceAndStock } from '../parts/price-and-stock.tsx';

const shown = 6;
/** More are asked for: what is sold out stands behind all others. */
const asked = 12;
/** What one customer took together says little, and so does what chance might have brought together. */
const isTelling = ({ users, lift }: TogetherItems['data'][number]) => users >= 2 && lift >= 2;

/** What people take with an item, and what is like it. */
export function RelatedItems({ path }: { path: string }) {
  const together = useLoaded<TogetherItems>(`${path}/together?k=${asked}`).value.value;
  const similar = useLoaded<SimilarItems>(`${path}/similar?k=${asked}`).value.value;
  const goesWith = together?.data.filter(isTelling) ?? [];
  const names = new Set(goesWith.slice(0, shown).map(({ item_id }) => item_id));
  return (
    <>
      <Items name="Goes with" items={goesWith} />
      <Items name="Similar" items={similar?.data.filter(({ item_id }) => !names.has(item_id)) ?? []} />
    </>
  );
}

function Items({ name, items }: { name: string; items: readonly ItemCard[] }) {
  if (items.length === 0) return null;
  return (
    <section class="product-related" aria-label={name}>
      <h3>{name}</h3>
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
    </section>
  );
}
