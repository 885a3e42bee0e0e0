import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { Icon } from '../parts/icon.tsx';
import { dislike, dislikes, like, likes, undoably, unmark } from './memory.ts';

/** More of this kind; never again. */
export function LikeButtons({ item }: { item: ItemCard }) {
  const name = item.title || item.item_id;
  const isLiked = likes.value.some((each) => each.item_id === item.item_id);
  const isDisliked = dislikes.value.some((each) => each.item_id === item.item_id);
  return (
    <>
      <button
        type="button"
        class="quiet icon-button"
        aria-pressed={isLiked}
        aria-label={`Like ${name}`}
        title="Like: more of this kind"
        onClick={() =>
          isLiked
            ? undoably(`No longer liked: ${name}`, () => unmark(item))
            : undoably(`Liked: ${name}`, () => like(item))
        }
      >
        <Icon name="like" />
      </button>
      <button
        type="button"
        class="quiet icon-button"
        aria-pressed={isDisliked}
        aria-label={`Dislike ${name}`}
        title="Dislike: never again"
        onClick={() =>
          isDisliked
            ? undoably(`May be shown again: ${name}`, () => unmark(item))
            : undoably(`Never again: ${name}`, () => dislike(item))
        }
      >
        <Icon name="dislike" />
      </button>
    </>
  );
}
