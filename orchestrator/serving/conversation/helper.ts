import type { Item } from '../../dataset/types.ts';
import type { Intent, Turn } from '../../understanding/index.ts';
import { createCatalogueFacts } from '../../understanding/language-model/catalogue-facts.ts';
import type { LanguageModel } from '../../understanding/language-model/open-language-model.ts';
import { type Understood, understandWith } from '../../understanding/language-model/understand-with.ts';
import { type Reply, type Worded, wordReply } from '../../understanding/language-model/word-reply.ts';
import { madeOnce } from '../made-once.ts';

/** A language model at work for one catalogue; without one, what rules say stays as it is. */
export interface Helper {
  understand(rules: Intent, turns: readonly Turn[], signal?: AbortSignal): Promise<Understood>;
  word(reply: Reply, signal?: AbortSignal): Promise<Worded>;
  /** Makes in small pieces what the first text would wait for. */
  prepare(breathe: () => Promise<void>): Promise<void>;
}

export function createHelper(model: LanguageModel | null, items: readonly Item[]): Helper {
  if (!model) return rulesAlone;
  const facts = madeOnce(() => createCatalogueFacts(items));
  return {
    understand: (rules, turns, signal) => understandWith(model, rules, turns, facts(), signal),
    word: (reply, signal) => wordReply(model, reply, signal),
    prepare: facts.make,
  };
}

const rulesAlone: Helper = {
  understand: async (intent) => ({ intent }),
  word: async ({ words }) => ({ words }),
  prepare: async () => {},
};
