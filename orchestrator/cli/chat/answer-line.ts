import {
  type Conversation,
  type ConversationState,
  type Explanation,
  type ItemCard,
  type Recommendation,
  UserError,
} from '../../serving/index.ts';
import { nearestName } from '../../shared/nearest-name.ts';
import { chatCommands, commandNames } from './commands.ts';

/** The answer to a line; as it is, a line of `--json`. */
export type ChatReply =
  | ({ type: 'items'; mentioned: ItemCard[] } & Recommendation)
  | { type: 'nothing-known' }
  | ({ type: 'history'; notes?: string[] } & ConversationState)
  | ({ type: 'why' } & Explanation)
  | { type: 'help'; commands: readonly { usage: string; does: string }[] }
  | { type: 'error'; code: string; message: string; remedy: string | null }
  | { type: 'goodbye' };

/** Answers one line, a command or free text; null for an empty one. A mistake of the user's is an answer, too. */
export async function answerLine(chat: Conversation, line: string, k: number): Promise<ChatReply | null> {
  const text = line.trim();
  if (text === '') return null;
  try {
    return text.startsWith('/') ? await answerCommand(chat, text, k) : await answerText(chat, text, k);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { type: 'error', code: error.code, message: error.message, remedy: error.remedy ?? null };
  }
}

async function answerText(chat: Conversation, text: string, k: number): Promise<ChatReply> {
  const { mentioned } = chat.hear(text);
  return recommend(chat, k, mentioned);
}

async function answerCommand(chat: Conversation, text: string, k: number): Promise<ChatReply> {
  const [, command, name = ''] = /^(\/\S*)\s*(.*)$/.exec(text) ?? [];
  switch (command) {
    case '/history':
      return { type: 'history', ...chat.state() };
    case '/like':
      return recommend(chat, k, [chat.like(named(command, name))]);
    case '/dislike':
      chat.dislike(named(command, name));
      return recommend(chat, k);
    case '/forget':
      if (name === 'wish') chat.forgetWish();
      else chat.forget(name || undefined);
      return { type: 'history', ...chat.state(), ...withNotes(chat.notes()) };
    case '/remove':
      chat.remove(name);
      return recommend(chat, k);
    case '/why':
      return { type: 'why', ...chat.why(named(command, name)) };
    case '/help':
      return { type: 'help', commands: chatCommands };
    case '/quit':
      return { type: 'goodbye' };
    default: {
      const near = nearestName(command, commandNames);
      throw new UserError('chat/unknown-command', `there is no command ${command.slice(0, 40)}`, {
        remedy: near ? `Did you mean ${near}?` : '/help lists the commands.',
      });
    }
  }
}

function withNotes(notes: string[]): { notes?: string[] } {
  return notes.length > 0 ? { notes } : {};
}

function named(command: string, name: string): string {
  if (name) return name;
  throw new UserError('chat/no-item', `${command} needs an item`, {
    remedy: `For example ${command} 2, for the second of the latest list; or an id, or a title.`,
  });
}

async function recommend(chat: Conversation, k: number, mentioned: ItemCard[] = []): Promise<ChatReply> {
  const answer = await chat.recommend({ k });
  return answer ? { type: 'items', mentioned, ...answer.recommendation } : { type: 'nothing-known' };
}
