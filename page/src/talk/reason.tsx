import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import type { Turn } from './turn.ts';
import { Words } from './words.tsx';

/** Why an item is there, in a few words below it. */
export function ReasonLine({ item, turn }: { item: RecommendedItem; turn: Turn }) {
  const words = reasonOf(item, turn);
  if (words === null) return null;
  return (
    <p class={`reason${item.matched ? ' is-matched' : ''}`}>
      <Words text={words} />
    </p>
  );
}

/** With the words that matter between stars; null where there is nothing to say. */
export function reasonOf({ why, wish }: RecommendedItem, { understood }: Turn): string | null {
  if (!why) return null;
  const wishes = understood?.intent.wishes ?? [];
  const wished = wishes.length > 1 && wish !== undefined ? wishes[wish]?.text : undefined;
  return `${wished ? `for *${wished}*: ` : ''}${wordsOf(why)}`;
}

function wordsOf(why: NonNullable<RecommendedItem['why']>): string {
  switch (why.kind) {
    case 'words':
      return `matches ${why.words.map((word) => `*${word}*`).join(', ')}`;
    case 'meaning':
      return 'close in meaning';
    case 'follows':
      return `goes with *${why.item.title || why.item.item_id}*`;
    case 'often-next':
      return 'often next';
    case 'popular':
      return 'popular';
    case 'listed':
      return 'asked about';
  }
}
