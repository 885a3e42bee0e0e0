import { useSignal } from '@preact/signals';
import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';

const [tints, shapes] = [12, 4];

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
    <span class={`picture picture-none tint-${tintOf(item)} shape-${shapeOf(item)}`} aria-hidden="true">
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
  return placeIn(tints, categories.join(' › ') || title);
}

/** Side by side, items of one category are told apart by their shapes. */
function shapeOf({ title, item_id }: ItemCard): number {
  return placeIn(shapes, title || item_id);
}

/** The same for the same text, anywhere in a range. */
function placeIn(range: number, text: string): number {
  let sum = 0;
  for (const letter of text) sum = (31 * sum + (letter.codePointAt(0) ?? 0)) % 997;
  return sum % range;
}
