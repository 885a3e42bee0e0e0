import { holds } from '../catalogue/find-things.ts';
import type { Token } from '../words/tokens.ts';
import type { Grammar } from './grammar.ts';
import { type Phrase, phraseOf } from './phrase.ts';

const joins = new Set(['and', 'plus', 'also', ',', '&', '+']);
const articles = new Set('a an some the my another new'.split(' '));

/** The parts of a turn that wish for different things. */
export function splitWishes(tokens: readonly Token[], grammar: Grammar): Token[][] {
  const sentences: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'sign' && '.;!?\n:…()'.includes(token.word)) sentences.push([]);
    else sentences.at(-1)?.push(token);
  }
  const parts = sentences.flatMap((sentence) => splitSentence(sentence, grammar));
  return joinLoose(parts, grammar);
}

function splitSentence(sentence: readonly Token[], grammar: Grammar): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of sentence) {
    if (!token.taken && !token.bound && joins.has(token.word)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  const full = parts.filter((part) => part.some((token) => isLeft(token)));
  return full.map((part, at) => shareEnd(part, full[at + 1], grammar));
}

const isLeft = ({ taken, kind, measure, saying }: Token) =>
  (!taken && kind !== 'sign') || measure !== null || saying !== null;

/**
 * What is said of the last is said of all: "dog and cat food" is two foods, "shampoo and conditioner for dry hair" are
 * both for dry hair.
 */
function shareEnd(part: Token[], next: Token[] | undefined, { lexicon, things }: Grammar): Token[] {
  const own = phraseOf(part, lexicon);
  const other = next ? phraseOf(next, lexicon) : null;
  const [head, last] = [own?.head, other?.head];
  if (!own || !other || !head || !last || next?.some(({ word }) => articles.has(word))) return part;
  if (own.words.some(({ word }) => word === last.word) || own.words.length !== own.modifiers.length + 1)
    return part;
  const end = other.words.slice(other.words.indexOf(last) + 1);
  const isNamed = lexicon.categories.named(head.stem).some(({ children }) => children.length === 0);
  const both = things({ stems: [head.stem, last.stem], head: last.stem });
  if (!isNamed && both.items.some((item) => holds(lexicon, item, head.stem))) return [...part, last, ...end];
  const isHeld = (stem: string) => things({ stems: [head.stem, stem], head: head.stem }).held.has(stem);
  return [...part, ...end.filter(({ stem }) => isHeld(stem))];
}

/** A part without a noun of its own says more about the one before. */
function joinLoose(parts: readonly Token[][], { lexicon }: Grammar): Token[][] {
  const joined: Token[][] = [];
  let open: Phrase | null = null;
  for (const part of parts) {
    const phrase = phraseOf(part, lexicon);
    if (open && !phrase?.head) joined.at(-1)?.push(...part);
    else {
      joined.push([...part]);
      open = phrase ?? open;
    }
  }
  return joined;
}
