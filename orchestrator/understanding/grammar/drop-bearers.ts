import type { Lexicon } from '../catalogue/lexicon.ts';
import { containers, isFiller } from '../words/filler-words.ts';
import { take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import type { Reading } from './heard.ts';

const subjects = new Set('my our the his her their it its ours mine he she they i we that this'.split(' '));
const verbs = new Set(
  `is are am takes take wears wear measures measure fits fit needs need has have weighs weigh holds should must goes uses use drink drinks
  eat eats get gets buy buys order orders want wants go through`.split(/\s+/),
);
const articles = new Set('a an some'.split(' '));
const reach = 6;

/**
 * "A duvet cover. Our bed takes 155x220": of a sentence behind a wish that tells the size of what somebody has, the size
 * alone says what is wished for. Not "my dog needs a leash, 2 m", which names another thing.
 */
export function dropBearers({ tokens, isFirst }: Reading, { names }: Lexicon): void {
  let isWished = !isFirst;
  let from = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const isEnd =
      at === tokens.length || (tokens[at].kind === 'sign' && '.;!?\n:…,'.includes(tokens[at].word));
    if (!isEnd) continue;
    const sentence = tokens.slice(from, at);
    if (isWished && tellsSize(sentence)) take(tokens, from, at - from);
    isWished ||= sentence.some(isThing);
    from = at + 1;
  }

  function tellsSize(sentence: readonly Token[]): boolean {
    const first = sentence.findIndex(({ taken, measure }) => !taken || measure !== null);
    const verb = sentence.findIndex(({ word }, at) => at > first && verbs.has(word));
    const measure = sentence.findIndex((token) => token.measure !== null);
    if (first < 0 || !subjects.has(sentence[first].word) || verb < 0 || verb - first > reach) return false;
    return (
      measure > verb &&
      !sentence.some((token, at) => at > verb && articles.has(sentence[at - 1].word) && isThing(token))
    );
  }

  function isThing({ kind, word, stem, taken }: Token): boolean {
    return kind === 'word' && !taken && !isFiller(word) && !containers.has(word) && names.has(stem);
  }
}
