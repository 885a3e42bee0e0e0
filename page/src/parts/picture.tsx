import { useSignal } from '@preact/signals';
import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';

const tints = 6;

/** The picture of an item, from where the shop keeps it; its initials where the data have none, or it does not come. */
export function Picture({ item }: { item: ItemCard }) {
  const isBroken = useSignal(false);
  const address = pictureAddress(item);
  if (address !== null && !isBroken.value)
    return (
      <span class="picture">
        <img
          src={address}
          alt=""
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          onError={() => {
            isBroken.value = true;
          }}
        />
      </span>
    );
  return (
    <span class={`picture picture-none tint-${tintOf(item)}`} aria-hidden="true">
      {initialsOf(item)}
    </span>
  );
}

/** Where the data say that its picture is; null where there is none that may be shown. */
export function pictureAddress({ attributes }: ItemCard): string | null {
  const address = String(attributes?.image ?? '');
  return address.startsWith('https://') ? address : null;
}

/** Of the brand, else of the title. */
function initialsOf({ brand, title, item_id }: ItemCard): string {
  const text = brand || title || item_id;
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => /^\p{L}{2}/u.test(word));
  return (words.length > 0 ? words : [text])
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join('');
}

/** Items of one category have one colour. */
function tintOf({ categories = [], title }: ItemCard): number {
  const kind = categories.at(-1) ?? title;
  let sum = 0;
  for (const letter of kind) sum = (31 * sum + (letter.codePointAt(0) ?? 0)) % 997;
  return sum % tints;
}
