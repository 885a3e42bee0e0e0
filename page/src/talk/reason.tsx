import type { Turn } from './turn.ts';
import type { AnsweredItem } from './understood.ts';
import { Words } from './words.tsx';

/** Why an item is there, in a few words below it. */
export function ReasonLine({ item, turn }: { item: AnsweredItem; turn: Turn }) {
  const words = reasonOf(item, turn);
  if (words === null) return null;
  return (
    <p class={`reason${item.matched ? ' is-matched' : ''}`}>
      <Words text={words} />
    </p>
  );
}

/** With the words that matter between stars; null where there is nothing to say. */
export function reasonOf({ why, matched, wish }: AnsweredItem, { understood }: Turn): string | null {
  const several = (understood?.intent.wishes.length ?? 0) > 1;
  const wished = several && wish !== undefined ? understood?.intent.wishes[wish]?.text : undefined;
  const reason = why ? wordsOf(why) : matched ? 'fits the wish' : null;
  if (!wished) return reason;
  return reason ? `for *${wished}*: ${reason}` : `for *${wished}*`;
}

function wordsOf(why: NonNullable<AnsweredItem['why']>): string {
  switch (why.kind) {
    case 'words':
      return `has ${why.words.map((word) => `*${word}*`).join(', ')}`;
    case 'meaning':
      return 'close in meaning';
    case 'follows':
      return `often taken after *${why.item.title || why.item.item_id}*`;
    case 'often-next':
      return 'often next';
    case 'popular':
      return 'popular now';
    case 'listed':
      return 'from the list before';
  }
}
