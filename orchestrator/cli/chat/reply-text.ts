import { answerLines, type CodeDigit, type ItemCard, type Neighbour } from '../../serving/index.ts';
import { formatTable } from '../format/table.ts';
import type { ChatReply } from './answer-line.ts';

/** An answer for people. */
export function replyText(reply: ChatReply): string {
  switch (reply.type) {
    case 'items':
      return itemsText(reply);
    case 'nothing-known':
      return 'Name something that you have, by its title in the catalogue, or say what you are looking for.';
    case 'history':
      return historyText(reply);
    case 'why':
      return whyText(reply);
    case 'help':
      return formatTable(
        ['command', 'what it does'],
        reply.commands.map(({ usage, does }) => [usage, does]),
      );
    case 'error':
      return `${reply.message}${reply.remedy ? `\n  → ${reply.remedy}` : ''}`;
    case 'goodbye':
      return '';
  }
}

function itemsText({ mentioned, ...recommendation }: Extract<ChatReply, { type: 'items' }>): string {
  const noted = mentioned.length > 0 ? `Noted: ${titles(mentioned)}\n` : '';
  const lines = answerLines(recommendation).map(({ text }) => text);
  return `${noted}${lines.join('').trimStart()}`;
}

function historyText({
  history,
  likes,
  dislikes,
  wish,
  notes,
}: Extract<ChatReply, { type: 'history' }>): string {
  if (history.length === 0 && dislikes.length === 0 && !wish) return 'Nothing is known yet.';
  const liked = new Set(likes.map(({ item_id }) => item_id));
  return [
    ...history.map(({ item_id, title }) => `  ${liked.has(item_id) ? '+' : ' '} ${item_id}  ${title}`),
    ...dislikes.map(({ item_id, title }) => `  - ${item_id}  ${title}`),
    ...(wish ? [`  looking for: ${wish}`] : []),
    ...noteLines(notes),
  ].join('\n');
}

function whyText({ item, code, behaviour, meaning, notes }: Extract<ChatReply, { type: 'why' }>): string {
  const near = (neighbours: Neighbour[]) =>
    neighbours.length > 0
      ? neighbours
          .map(({ title, similarity }) => `  ${similarity.toFixed(2).padStart(5)}  ${title}`)
          .join('\n')
      : '  the history has no other items';
  const digits = code.map((digit) => [
    digit.token,
    madeFrom(digit),
    String(digit.branch_items),
    titles(digit.shared_with),
  ]);
  return [
    `${item.title} (${item.item_id})`,
    ...noteLines(notes),
    `\nMost similar in use (cosine of the behaviour vectors):\n${near(behaviour)}`,
    `\nMost similar in meaning (cosine of the text vectors):\n${near(meaning)}`,
    `\n${formatTable(['digit', 'made from', 'items', 'shared with (history)'], digits)}`,
  ].join('\n');
}

function madeFrom({ source }: CodeDigit): string {
  if (source === 'behaviour') return 'how people use it';
  if (source === 'semantic') return 'what it is';
  if (source === 'joined') return 'both';
  return source === 'identity' ? 'tells items apart' : '';
}

function noteLines(notes: string[] = []): string[] {
  return notes.map((note) => `Note: ${note}.`);
}

function titles(cards: readonly ItemCard[]): string {
  return cards.map(({ title }) => title).join(' | ');
}
