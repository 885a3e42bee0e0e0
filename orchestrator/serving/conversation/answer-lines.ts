import { shorten } from '../../prompts/item-text.ts';
import { othersTitle } from '../../shared/others-title.ts';
import { isSoldOut } from '../../shared/sold-out.ts';
import type { RecommendedItem } from '../contract/items.ts';
import type { Recommendation } from '../contract/recommendations.ts';
import { priceOf } from './say-facts.ts';

/** A line of an answer in words, with the item that it names. */
export interface AnswerLine {
  text: string;
  item?: RecommendedItem;
}

/** What stands between the title and what is said about it. */
export const aside = ' · ';

const longestName = 40;

/** An answer in words, as the terminal and chats show it; line breaks are part of the lines. */
export function answerLines({ understood, items, notes = [], ignored = [] }: Recommendation): AnswerLine[] {
  const firstOther = items.findIndex(({ matched }) => !matched);
  const says = understood?.says ?? [];
  return [
    ...says.map((text, at) => ({ text: `${at > 0 ? ' ' : ''}${text}` })),
    ...items.flatMap((item, at) => {
      const isDivided = at === firstOther && at > 0;
      const text = `\n${at + 1}. ${[item.title, item.cold ? 'new' : '', priceOf(item), isSoldOut(item) ? 'sold out' : '', reasonOf(item)].filter(Boolean).join(aside)}`;
      return [
        ...(at === 0 ? [{ text: '\n' }] : []),
        ...(isDivided ? [{ text: `\n\n${othersTitle(items.slice(at))}:\n` }] : []),
        { text, item },
      ];
    }),
    ...(ignored.length > 0 ? [`Skipped: ${ignored.join(' | ')}`] : [])
      .concat(notes.map((note) => `Note: ${note}.`))
      .map((text, at) => ({ text: `${at === 0 ? '\n' : ''}\n${text}` })),
  ];
}

/** Why an item is there, in few words; empty where that goes without saying. */
export function reasonOf({ why }: RecommendedItem): string {
  switch (why?.kind) {
    case 'words':
      return why.words.length > 0 ? `matches ${why.words.join(', ')}` : '';
    case 'meaning':
      return 'near in meaning';
    case 'near':
      return 'near to it';
    case 'follows':
      return `goes with ${shorten(why.item.title, longestName)}`;
    case 'again':
      return 'had before';
    case 'often-next':
      return 'often next';
    case 'popular':
      return 'popular';
    default:
      return '';
  }
}
