import type { HeldWord } from '../../../orchestrator/serving/contract/explanations.ts';
import type { RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import type { Part, ShownList } from './turn.ts';

type List = Pick<ShownList, 'isPopular' | 'from' | 'understood'>;

/** Why an item is in a list, to a shopper, a sentence or two a line; words that matter stand between stars. */
export function explanationOf(
  item: Pick<RecommendedItem, 'why' | 'matched'>,
  list: List,
  held: readonly HeldWord[] = [],
): string[] {
  return [meaningOf(item, list, held), ...(item.matched ? kept(list) : [])];
}

/** What the few words of its reason mean. */
function meaningOf(
  { why }: Pick<RecommendedItem, 'why'>,
  { isPopular, from, understood }: List,
  held: readonly HeldWord[],
): string {
  switch (why?.kind ?? (isPopular ? 'popular' : 'often-next')) {
    case 'words': {
      const places = placesOf(held);
      const found = places.length > 0 ? `${places.join('; ')}.` : 'It is what you asked for.';
      return `${found} ${orderOf(from, understood)}`;
    }
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

/** `*cat* and *food* stand in its title`: words that stand in the same places together. */
function placesOf(held: readonly HeldWord[]): string[] {
  const words = new Map<string, string[]>();
  for (const { word, fields } of held) {
    if (fields.length === 0) continue;
    const places = fields.map((field, at) => (at === 0 ? `its ${field}` : field));
    words.set(allOf(places), [...(words.get(allOf(places)) ?? []), `*${word}*`]);
  }
  return [...words].map(
    ([places, some]) => `${allOf(some)} ${some.length > 1 ? 'stand' : 'stands'} in ${places}`,
  );
}

function orderOf(from: List['from'], understood: List['understood']): string {
  const order = counted(understood, ['order']);
  if (order.length > 0) return `All that match stand in the order that you asked for: ${allOf(order)}.`;
  return `Of all that match, the likeliest${from.length > 0 ? ' for you' : ''} come first.`;
}

/** What else was asked for, and is true of everything that matches. */
function kept({ understood }: List): string[] {
  const conditions = counted(understood, ['brand', 'limit', 'without']);
  if (conditions.length === 0) return [];
  const hold = conditions.length === 1 ? 'This holds' : conditions.length === 2 ? 'Both hold' : 'All hold';
  return [`You also asked for this: ${allOf(conditions)}. ${hold} for it.`];
}

/** Parts that could be applied. */
function counted(understood: List['understood'], kinds: readonly Part['kind'][]): string[] {
  const parts = understood?.parts.filter(({ kind, aside }) => kinds.includes(kind) && !aside) ?? [];
  return parts.map(({ text }) => `*${text}*`);
}

/** `a, b and c` */
function allOf(texts: readonly string[]): string {
  return [texts.slice(0, -1).join(', '), ...texts.slice(-1)].filter(Boolean).join(' and ');
}
