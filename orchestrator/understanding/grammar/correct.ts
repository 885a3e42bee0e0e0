import { known } from '../catalogue/known.ts';
import type { Lexicon } from '../catalogue/lexicon.ts';
import { includesSorted } from '../catalogue/postings.ts';
import { needsTold, otherNames } from '../words/everyday-needs.ts';
import { functionWords, isFiller, packaging } from '../words/filler-words.ts';
import { isVerb } from '../words/parts-of-speech.ts';
import { stemOf } from '../words/stems.ts';
import { type Token, tokensOf, wordToken } from '../words/tokens.ts';
import type { Grammar } from './grammar.ts';
import type { Reading } from './heard.ts';
import { isSuperlative } from './limits/superlatives.ts';
import { isBeing } from './people/beings.ts';

const mostMended = 10;
/** Items that are looked at to see whether two words go together. */
const mostLooked = 300;

/** Corrects typing errors, and drops mere letters: nothing of them is searched for or repeated. */
export function correct({ tokens, heard }: Reading, isForeign: boolean, grammar: Grammar): void {
  const { lexicon, typing, translator, isOrdinary, isRare } = grammar;
  let left = mostMended;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    const joined = isOpen(token) ? joinedAt(at) : null;
    if (joined) {
      if (joined.isMended)
        heard.mended.push({ from: `${token.word} ${tokens[at + 1].word}`, to: joined.words.join(' ') });
      tokens.splice(at, 2, ...joined.words.map((word) => wordToken(word, token.typed)));
      at += joined.words.length - 1;
      continue;
    }
    const other = isOpen(token) && tokens[at + 1] ? calledTogether(token, tokens[at + 1], grammar) : null;
    if (other) {
      tokens.splice(at, 2, ...other.map((word) => wordToken(word, token.typed)));
      at += other.length - 1;
      continue;
    }
    const glued = isOpen(token) ? gluedNumber(token, lexicon) : null;
    if (glued) {
      tokens.splice(at, 1, ...glued);
      continue;
    }
    // To froth: the catalogue has frothers.
    const isKnown = lexicon.knows(token.stem) || known(token, lexicon) !== null;
    if (!isOpen(token) || isKnown || isSuperlative(token.word) || isBeing(token.word)) continue;
    const named = isDone(tokens, at) ? null : calledHere(token, lexicon);
    if (named) {
      heard.mended.push({ from: token.word, to: named.join(' ') });
      tokens.splice(at, 1, ...named.map((word) => wordToken(word, token.typed)));
      at += named.length - 1;
      continue;
    }
    const parts = titledParts(token.word, lexicon) ?? packedParts(token.word, lexicon);
    if (parts) {
      tokens.splice(at, 1, ...parts.map((word) => wordToken(word, token.typed)));
      at += parts.length - 1;
      continue;
    }
    // "The baby is weaned": what tells a need is a word, though few have it.
    if (needsTold(token) !== null && !lexicon.knows(token.stem)) continue;
    const isOwn = isOrdinary(token.word) || (isOrdinary(token.stem) && !isFiller(token.stem));
    // "green tee": an ordinary word, but the words beside it say another.
    if (isOwn && !isRare(token.word)) continue;
    const mended =
      left-- > 0
        ? meant(token.word, at, isOwn).filter((word) => !isName(tokens, at) || isBrand(word, lexicon))
        : [];
    if (mended.length > 0) {
      const words = mended.flatMap((word) => asCalled(word, lexicon));
      heard.mended.push({ from: token.word, to: words.join(' ') });
      tokens.splice(at, 1, ...words.map((word) => wordToken(word, token.typed)));
      at += words.length - 1;
    } else if (!isForeign && !isOwn) {
      const usual = nearWords(token.word).find(isOrdinary) ?? withLetter(token, isOrdinary);
      if (usual) tokens[at] = wordToken(usual, token.typed);
      else if (typing.isMadeUp(token.word)) token.taken = true;
    }
  }

  /** "pepper mint", "peper mint": one word of the catalogue, where two of which it does not know one were typed. */
  function joinedAt(at: number): { words: string[]; isMended: boolean } | null {
    const [one, next] = [tokens[at], tokens[at + 1]];
    if (!next || !isOpen(next) || lexicon.isBeside(one.stem, next.stem)) return null;
    const isStrange = [one, next].filter(({ stem }) => !lexicon.knows(stem));
    const word = one.word + next.word;
    if (isStrange.length === 0 || word.length < shortestJoined) return null;
    if (lexicon.knows(stemOf(word))) return { words: [word], isMended: false };
    if (isStrange.every((token) => isOrdinary(token.word)) || left-- <= 0) return null;
    const mended = typing.mend(word);
    return mended && mended.length >= word.length - 1
      ? { words: asCalled(mended, lexicon), isMended: true }
      : null;
  }

  function meant(word: string, at: number, isOwn: boolean): string[] {
    const isBeside = (form: string) => besideNeighbours(tokens, at, stemOf(form), lexicon);
    // "hand creme": as it sounds, and as the words beside it say.
    const like = translator.like(word);
    if (like && isBeside(like)) return [like];
    if (isOwn) {
      const other = typing.mend(word, isBeside);
      return other && isBeside(other) ? [other] : [];
    }
    const mended = typing.mend(word, (form) => isBeside(form) || goesWith(tokens, at, stemOf(form), lexicon));
    if (mended) return [mended];
    // "kidz": as it sounds.
    if (like) return [like];
    const parts = translator.split(word) ?? [];
    // "matress" is no mat and rose: two words are meant where a title has them next to each other.
    const stems = parts.map(stemOf);
    return stems.every((stem, i) => i === 0 || lexicon.isBeside(stems[i - 1], stem)) ? parts : [];
  }
}

/** "She *throws* up", "*throw* me a rope": what somebody does is no thing. */
const isDone = (tokens: readonly Token[], at: number) =>
  speakers.has(tokens[at - 1]?.word ?? '') ||
  objects.has(tokens[at + 1]?.word ?? '') ||
  (isVerb(tokens[at]) && isBeing(tokens[at - 1]?.word ?? ''));
const speakers = new Set('i we you he she it they to not can will would does do did could'.split(' '));
const objects = new Set('me us him her them it up away out off his their its'.split(' '));

/** A word, or what the catalogue calls it. */
function asCalled(word: string, lexicon: Lexicon): string[] {
  const { stem } = wordToken(word);
  return (lexicon.knows(stem) ? null : calledHere({ word, stem }, lexicon)) ?? [word];
}

/** What the catalogue calls a thing that it does not know by this name: "diaper" for "nappy". */
export function calledHere(
  { word, stem }: Pick<Token, 'word' | 'stem'>,
  { names, isBeside, form }: Lexicon,
): string[] | null {
  for (const thing of otherNames.get(word) ?? otherNames.get(stem) ?? []) {
    const stems = thing.map(stemOf);
    if (stems.every((each, i) => names.has(each) && (i === 0 || isBeside(stems[i - 1], each))))
      return stems.map(form);
  }
  return null;
}

/** "Sun cream" where the catalogue says "Sun Lotion": no title has the two words side by side. */
function calledTogether(one: Token, next: Token, { lexicon, translator }: Grammar): string[] | null {
  if (next.kind !== 'word' || next.taken || next.bound || lexicon.isBeside(one.stem, next.stem)) return null;
  // "Sun creme" is as good.
  for (const end of [next.word, translator.like(next.word) ?? next.word]) {
    const word = one.word + end;
    const called = { word, stem: stemOf(word) };
    if (isOtherName(called)) return calledHere(called, lexicon);
  }
  return null;
}
const isOtherName = ({ word, stem }: Pick<Token, 'word' | 'stem'>) =>
  otherNames.has(word) || otherNames.has(stem);

/** Of names, those of makers alone are mended. */
const isBrand = (word: string, { brands }: Lexicon) => brands.at([wordToken(word)], 0) !== null;

/** "A golden retriever, *Balu*": with a capital letter within a sentence whose other words have none: who or what is called so. */
const isName = (tokens: readonly Token[], at: number): boolean =>
  tokens[at].capital &&
  !endsSentence.has(tokens[at - 1]?.word ?? '.') &&
  tokens.some(({ kind, capital, word }) => kind === 'word' && !capital && !isFiller(word));
const endsSentence = new Set(['.', '!', '?', ':', '\n', '…']);

const shortestPart = 3;
const shortestJoined = 7;

/** "spf50" where titles say "SPF 50". */
function gluedNumber({ word, typed }: Token, { sayings }: Lexicon): Token[] | null {
  const [, name, digits] = /^(\p{L}{2,})(\d+)$/u.exec(word) ?? [];
  if (!name || !sayings.pairs(stemOf(name), digits)) return null;
  return tokensOf(`${name} ${digits}`).map((token) => ({ ...token, typed }));
}

/** "pillowcases" where titles say "Pillow Case". */
function titledParts(word: string, { isBeside, form }: Lexicon): string[] | null {
  for (let at = shortestPart; at <= word.length - shortestPart; at++) {
    const stems = [word.slice(0, at), word.slice(at)].map(stemOf);
    if (isBeside(stems[0], stems[1])) return stems.map(form);
  }
  return null;
}

/** "teabags": tea, in what it comes in. */
function packedParts(word: string, { categories }: Lexicon): string[] | null {
  for (let at = shortestPart; at <= word.length - shortestPart; at++) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (packaging.has(parts[1]) && categories.named(stemOf(parts[0])).length > 0) return parts;
  }
  return null;
}

/** The word with two letters swapped, or one doubled: of "agianst" and "choping", what was meant. */
function nearWords(word: string): string[] {
  const letters = [...word];
  return letters.flatMap((letter, at) => {
    const next = letters[at + 1];
    const [before, behind] = [word.slice(0, at), word.slice(at + 1)];
    return [
      ...(next ? [before + next + letter + word.slice(at + 2)] : []),
      before + letter + letter + behind,
    ];
  });
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const shortest = 3;

/** "Hav" for "have", "colured" for "coloured": of a small word, or within one for how something is, a letter is left out. */
function withLetter({ word, glued }: Token, isOrdinary: (word: string) => boolean): string | undefined {
  if (word.length < shortest || glued) return undefined;
  const isMeant = (form: string) =>
    functionWords.has(form) || (form[0] === word[0] && describing.test(form) && isOrdinary(form));
  return [...word, '']
    .flatMap((_, at) => letters.map((letter) => word.slice(0, at) + letter + word.slice(at)))
    .find(isMeant);
}
const describing = /.{3}(?:ed|est)$/;

const isOpen = ({ kind, taken, brand, bound, word }: Token) =>
  kind === 'word' && !taken && !brand && !bound && !isFiller(word);

function besideNeighbours(
  tokens: readonly Token[],
  at: number,
  stem: string,
  { isBeside }: Lexicon,
): boolean {
  const [last, next] = [tokens[at - 1]?.stem ?? '', tokens[at + 1]?.stem ?? ''];
  return isBeside(last, stem) || isBeside(stem, next);
}

/** Whether an item has the word and another of the turn in its name. */
function goesWith(tokens: readonly Token[], at: number, stem: string, { names }: Lexicon): boolean {
  const items = names.get(stem)?.slice(0, mostLooked) ?? [];
  return tokens.some((token, place) => {
    const others =
      place === at || token.kind !== 'word' || isFiller(token.word) ? undefined : names.get(token.stem);
    return others !== undefined && items.some((item) => includesSorted(others, item));
  });
}
