import type { Lexicon } from '../catalogue/lexicon.ts';
import { describingWords, functionWords, plainVerbs, shopWords } from '../words/filler-words.ts';
import type { Token } from '../words/tokens.ts';

/** The part of a wish that names one thing, and what is said about it. */
export interface Phrase {
  /** All that says something, in order. */
  words: Token[];
  /** What the thing is called: the last noun before "for", "with", …; null where the words only describe. */
  head: Token | null;
  /** Words before the head. */
  modifiers: Token[];
  /** As it was said, without words that say nothing at its edges. */
  text: string;
}

const prepositions = new Set(
  `for with of from by in to on at that which who as against because when made like so where while during inside under
  into near without than`.split(/\s+/),
);
const containers = new Set(
  `bag bottle pack packet box set pair piece jar tube can tin cup kind type sort lot bit roll bar bunch case package couple number range
  selection bags bottles packs boxes sets pairs pieces jars tubes cans tins kinds types sorts lots`.split(
    /\s+/,
  ),
);
const subjects = new Set('my our his her their we they he she it the'.split(' '));
const states = new Set(
  `is are am was were has have gets get got feels feel goes go keeps keep hurts hurt looks look needs wants loves likes
  smells cries does do can will always often never`.split(/\s+/),
);

export function phraseOf(tokens: readonly Token[], lexicon: Lexicon): Phrase | null {
  const said = tokens.filter(({ taken }) => !taken);
  const places = said.flatMap((_, at) => (isContent(said, at, lexicon) ? [at] : []));
  if (places.length === 0) return null;
  const words = places.map((at) => said[at]);
  const cut = firstPreposition(said, places);
  const before = places.filter((at) => at < cut).map((at) => said[at]);
  const head = describes(said, places) ? null : (before.findLast(isNoun) ?? before.at(-1) ?? null);
  const isMere =
    head && !isNoun(head) && !lexicon.titles.has(head.stem) && before.length === 1 && cut < said.length;
  const text = said.slice(places[0], (places.at(-1) ?? 0) + 1);
  return {
    words,
    head: isMere ? null : head,
    modifiers: before.filter((token) => token !== head),
    text: text
      .filter(({ kind, word }) => kind !== 'sign' || '&%'.includes(word))
      .map(({ word, brand }) => brand ?? word)
      .join(' '),
  };
}

function isContent(tokens: readonly Token[], at: number, { sayings, categories }: Lexicon): boolean {
  const { kind, word, stem, bound, brand } = tokens[at];
  if (brand) return false;
  if (kind === 'sign') return false;
  if (functionWords.has(word)) return false;
  if (containers.has(word) && tokens[at + 1]?.word === 'of') return false;
  if (!shopWords.has(word) || bound) return true;
  const [last, next] = [tokens[at - 1]?.stem ?? '', tokens[at + 1]?.stem ?? ''];
  return sayings.pairs(last, stem) || sayings.pairs(stem, next) || categories.named(stem).length > 0;
}

/** The place of the first word like "for" behind the first thing; behind "a bag of" the thing is still to come. */
function firstPreposition(tokens: readonly Token[], places: readonly number[]): number {
  for (let at = 0; at < tokens.length; at++) {
    const { word, bound } = tokens[at];
    if (bound || !prepositions.has(word)) continue;
    if (word === 'of' && containers.has(tokens[at - 1]?.word)) continue;
    // "looking for a tent", "I would like to buy a tent", "something for my hands" is none.
    if (
      at > places[0] ||
      /^(something|anything|stuff|gift|present|things|idea|ideas|gifts|presents)$/.test(
        tokens[at - 1]?.word ?? '',
      )
    )
      return at;
  }
  return tokens.length;
}

/** "my hands are cracked", "we go camping": a sentence about somebody, which names no thing to look for. */
function describes(tokens: readonly Token[], places: readonly number[]): boolean {
  const first = tokens.find(({ kind }) => kind !== 'sign');
  if (first && subjects.has(first.word) && first.word !== 'the')
    return (
      tokens.some(({ word }, at) => states.has(word) && at > 0) ||
      first.word === 'we' ||
      plainVerbs.has(tokens[places.at(-1) ?? 0].word)
    );
  const isAbout =
    first?.word === 'i' &&
    [
      'am',
      'feel',
      'have',
      'get',
      'can',
      'do',
      'always',
      'keep',
      'suffer',
      'go',
      'like',
      'love',
      'was',
    ].includes(tokens[1]?.word);
  return (
    isAbout &&
    !tokens.some(({ word }) => ['looking', 'searching', 'want', 'need', 'after', 'interested'].includes(word))
  );
}

function isNoun({ word, kind, stem }: Token): boolean {
  return (
    kind === 'word' &&
    !describingWords.has(word) &&
    !plainVerbs.has(word) &&
    !plainVerbs.has(stem) &&
    word.length > 1
  );
}
