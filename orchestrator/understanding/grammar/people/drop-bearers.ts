import type { Lexicon } from '../../catalogue/lexicon.ts';
import { containers, isFiller } from '../../words/filler-words.ts';
import { isVerb } from '../../words/parts-of-speech.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Reading } from '../heard.ts';
import { isBeing } from './beings.ts';

const subjects = new Set('my our the his her their it its ours mine he she they i we that this'.split(' '));
const verbs = new Set(
  `is are am takes take wears wear measures measure fits fit needs need has have weighs weigh holds should must goes uses use drink drinks
  eat eats get gets buy buys order orders want wants go through`.split(/\s+/),
);
const articles = new Set('a an some'.split(' '));
const reach = 6;

/**
 * "A duvet cover. Our bed takes 155x220": of a sentence behind a wish that tells the size of what somebody has, the size
 * alone says what is wished for; what somebody weighs or how tall somebody is says nothing of it. Not "my dog needs a leash, 2 m", which names another thing.
 */
export function dropBearers({ tokens, isFirst }: Reading, { names }: Lexicon): void {
  dropBodies(tokens, names);
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

/** "My 30 kg dog", "I am 1.80 m tall", "the baby weighs 9 kg": of a being, and no size of what is wished for. */
function dropBodies(tokens: readonly Token[], names: Lexicon['names']): void {
  for (const [at, token] of tokens.entries()) {
    if (token.measure === null || token.measure.startsWith('size')) continue;
    const end = tokens.findIndex(({ taken }, place) => place > at && !taken);
    const next = end < 0 ? undefined : tokens[end];
    // "A 12 kg dog food" names a thing behind it.
    const isOfNext =
      next !== undefined && isBeing(next.stem) && !(tokens[end + 1] && isOther(tokens[end + 1]));
    const verb = tokens.findLastIndex(({ word }, place) => place < at && !aboutHow.has(word));
    const subject = tokens.slice(Math.max(0, verb - mostOfSubject), verb);
    const isOfSubject =
      verb > 0 &&
      bodyVerbs.has(tokens[verb].word) &&
      subject.some(({ word, stem }) => bodies.has(word) || isBeing(stem));
    if (!isOfNext && !isOfSubject) continue;
    token.measure = null;
    if (isOfSubject) take(tokens, verb);
    if (next && tallness.has(next.word)) take(tokens, end);
  }

  function isOther({ word, stem, kind, taken }: Token): boolean {
    return kind === 'word' && !taken && !isFiller(word) && !isVerb({ kind, word, stem }) && names.has(stem);
  }
}
const mostOfSubject = 3;
const aboutHow = new Set('about around only just over under almost nearly now already roughly'.split(' '));
const bodyVerbs = new Set('weigh weighs weighed is am are measures measure stands'.split(' '));
const bodies = new Set('i he she we they'.split(' '));
const tallness = new Set('tall heavy high old big long'.split(' '));
