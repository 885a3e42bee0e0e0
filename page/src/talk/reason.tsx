import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { about } from '../state/about.ts';
import type { ShownList } from './turn.ts';
import { Words } from './words.tsx';

type Reasoned = Pick<RecommendedItem, 'why' | 'wish'>;

/** Why an item is there, in a few words below it. */
export function ReasonLine({
  item,
  list,
}: {
  item: Reasoned & Partial<Pick<RecommendedItem, 'matched'>>;
  list: Pick<ShownList, 'understood'>;
}) {
  const words = reasonOf(item, list);
  if (words === null) return null;
  return (
    <p class={`reason${item.matched ? ' is-matched' : ''}`}>
      <Words text={words} />
    </p>
  );
}

/** With the words that matter between stars; null where there is nothing to say. */
export function reasonOf(
  { why, wish }: Reasoned,
  { understood }: Pick<ShownList, 'understood'>,
): string | null {
  if (!why) return null;
  const wishes = understood?.intent.wishes ?? [];
  const wished = wishes.length > 1 && wish !== undefined ? wishes[wish]?.text : undefined;
  // "Matches" without a word says nothing.
  if (why.kind === 'words' && why.words.length === 0) return wished ? `for *${wished}*` : null;
  return `${wished ? `for *${wished}*: ` : ''}${wordsOf(why)}`;
}

function wordsOf(why: NonNullable<RecommendedItem['why']>): string {
  switch (why.kind) {
    case 'words':
      return `matches ${why.words.map((word) => `*${word}*`).join(', ')}`;
    case 'meaning':
      return 'close in meaning';
    case 'near':
      return 'near to it';
    case 'follows':
      return `goes with *${why.item.title || why.item.item_id}*`;
    case 'again':
      return about.value?.demo ? 'bought before' : 'had before';
    case 'often-next':
      return 'often next';
    case 'popular':
      return 'popular';
    case 'listed':
      return 'asked about';
  }
}
