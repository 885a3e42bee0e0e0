import { wordsOf } from '../../embedding/semantic/words.ts';
import { plainText, shorten } from '../../prompts/item-text.ts';
import type { Turn } from '../grammar/heard.ts';
import type { Intent } from '../intent.ts';
import type { CatalogueFacts } from './catalogue-facts.ts';

/** A question stays short, however long a conversation and however large a catalogue is: models read slowly. */
const latestMessages = 6;
const longestMessage = 600;
const mostShown = 10;
const mostNames = 40;
const longestName = 80;

/** A conversation, what rules made of it, and the names of the catalogue that it may mean: all as one JSON object. */
export function questionOf(rules: Intent, turns: readonly Turn[], facts: CatalogueFacts): string {
  const latest = turns.slice(-latestMessages);
  const said = new Set(latest.flatMap(({ text }) => wordsOf(text)));
  const wordsIn = (name: string) => wordsOf(name).filter((word) => said.has(word)).length;
  /** Those that share words with what was said come first, then the most frequent ones. */
  const likely = (names: readonly string[]) => {
    const named = names.filter((name) => wordsIn(name) > 0);
    return [...new Set([...named, ...names.slice(0, mostNames)])].slice(0, mostNames).map(short);
  };
  return JSON.stringify({
    catalogue: {
      categories: likely(facts.categories.all),
      brands: likely(facts.brands.all),
      attributes: facts.attributes.all.slice(0, mostNames).map(short),
    },
    rules,
    conversation: latest.map(({ text, shown }) => ({
      customer: shorten(plainText(text), longestMessage),
      shown: shown.slice(0, mostShown).map((id, at) => ({
        place: at + 1,
        id,
        title: shorten(facts.titleOf(id) ?? '', longestName),
      })),
    })),
  });
}

/** Paths keep their arrows, so that an answer can repeat them. */
function short(name: string): string {
  return shorten(name.replace(/[<\p{Cc}\p{Cf}]+/gu, ' ').trim(), longestName);
}
