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

/** What the few words mean, to a shopper; words that matter stand between stars. */
export function explanationOf(
  { why }: Reasoned,
  { isPopular, from, understood }: Pick<ShownList, 'isPopular' | 'from' | 'understood'>,
): string {
  switch (why?.kind ?? (isPopular ? 'popular' : 'often-next')) {
    case 'words':
      return `What you asked for stands in its title, brand, categories or description. Of all that match, the likeliest${from.length > 0 ? ' for you' : ''} come first.`;
    case 'meaning':
      return 'It has none of your words, but its texts mean much the same.';
    case 'near':
      return 'It does not have all that you asked for, but is of the same kind, or stands near to it in the catalogue.';
    case 'follows':
      return 'People who take what you have tend to take this, too.';
    case 'again':
      return 'You had it before, and by the model it is likely next.';
    case 'often-next':
      return 'After a history like yours, people often take it next.';
    case 'popular':
      return understood?.intent.order === 'popular'
        ? 'You asked for what is popular: of all that match, many have taken it lately.'
        : 'There is nothing else to go by, so this is what many have taken lately.';
    case 'listed':
      return 'You asked about it.';
  }
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
