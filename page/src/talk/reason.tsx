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

/** What the few words mean; null where there are none. */
export function explanationOf({ why }: RecommendedItem): string | null {
  switch (why?.kind) {
    case 'words':
      return 'Words of the question stand in its title, brand, categories or description. Among all items that match, the model has chosen and ordered these.';
    case 'meaning':
      return 'Its texts are close to the question in what they mean, though they have no word in common with it.';
    case 'follows':
      return 'People take it much as they take this item of the history.';
    case 'often-next':
      return 'The model finds it likely after this history.';
    case 'popular':
      return 'There is no history to start from, so this is what many have taken lately.';
    case 'listed':
      return 'The question is about this item.';
    default:
      return null;
  }
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
