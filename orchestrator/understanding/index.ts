import type { Item } from '../dataset/types.ts';
import type { Pieces } from '../shared/pieces.ts';
import { createThings } from './catalogue/find-things.ts';
import { holding } from './catalogue/holding.ts';
import { createLexicon, type Lexicon } from './catalogue/lexicon.ts';
import { calledHere } from './grammar/correct.ts';
import type { Grammar } from './grammar/grammar.ts';
import type { Turn } from './grammar/heard.ts';
import { createHearings } from './grammar/heard-turns.ts';
import { createTitles } from './grammar/items/whole-titles.ts';
import { createBeingCategories } from './grammar/people/beings.ts';
import { readConversation } from './grammar/read-conversation.ts';
import { createExclusions } from './grammar/without/exclusions.ts';
import { createSorts } from './grammar/without/lasting.ts';
import type { Intent } from './intent.ts';
import { otherNames } from './words/everyday-needs.ts';
import { ordinaryWords } from './words/ordinary-words.ts';
import { createSounds } from './words/sounds.ts';
import { stemOf } from './words/stems.ts';
import { tokensOf } from './words/tokens.ts';
import { createTranslator } from './words/translate.ts';
import { createTypingErrors } from './words/typing-errors.ts';

export type { Turn } from './grammar/heard.ts';
export { bestOf } from './grammar/limits/best-of.ts';
export { isBeing } from './grammar/people/beings.ts';
export * from './intent.ts';
export { type Aside, type Part, partsOf, withoutParts } from './parts.ts';
export { isFiller, isProperty } from './words/filler-words.ts';
export { amountsIn, hasMeasure, measuresTold, unitsOfFact } from './words/measures.ts';
export { isUnit } from './words/units.ts';
export { stemOf };

/** Reads conversations about the items of one catalogue. */
export interface Understanding {
  /** The intent of the whole conversation, latest turn last. */
  read(turns: readonly Turn[]): Intent;
  /**
   * The items that hold all words of a phrase in their titles, names or descriptions. What a description denies is not
   * held: "silicones" is not in "without silicones", which is a phrase of its own.
   */
  holding(phrase: string): ReadonlySet<number>;
  /** Whether some item says a word, in its texts or by an attribute, of itself or of what it lacks. */
  mentions(word: string): boolean;
  /** Whether an item may be what a word says that names one of several things in its category: "Litter & Toys". */
  isOneOf(item: number, word: string): boolean;
  /** Whether a text has a word of the catalogue or of the language; mere letters need not be said back. */
  hasWords(text: string): boolean;
}

/** Learns the words of a catalogue, in pieces between which other work can run. */
export function* createUnderstanding(items: readonly Item[]): Pieces<Understanding> {
  const lexicon = yield* createLexicon(items);
  const ordinary = ordinaryWords();
  yield;
  const forms = new Map([...calledAlso(lexicon), ...lexicon.forms]);
  const soundingLike = createSounds(forms.keys());
  yield;
  const typing = createTypingErrors(forms, ordinary.all, soundingLike);
  yield;
  const translator = createTranslator(lexicon.forms, ordinary);
  const isOrdinary = (word: string) => ordinary.all.has(word);
  const grammar: Grammar = {
    lexicon,
    typing,
    translator,
    beings: createBeingCategories(lexicon),
    things: createThings(lexicon),
    titleAt: createTitles(lexicon),
    exclusions: createExclusions(lexicon, translator),
    sortsOf: createSorts(lexicon, isOrdinary),
    isOrdinary,
    isRare: (word: string) => ordinary.all.has(word) && !ordinary.usual.has(word),
  };
  const hearing = createHearings(grammar);
  return {
    read: (turns) => readConversation(turns, grammar, hearing()),
    holding: (phrase) => holding(lexicon, phrase),
    mentions: (word) =>
      lexicon.attributes.valued(word) !== null ||
      [word, `without ${word}`].some((phrase) => holding(lexicon, phrase).size > 0),
    isOneOf: (item, word) => lexicon.isOneOf(item, stemOf(word)),
    hasWords: (text) =>
      tokensOf(text).some(
        ({ word, stem }) => ordinary.all.has(word) || ordinary.all.has(stem) || lexicon.knows(stem),
      ),
  };
}

/** Everyday names of what the catalogue calls otherwise, in which errors are typed, too. */
function calledAlso(lexicon: Lexicon): [name: string, count: number][] {
  const isThere = (name: string) => calledHere({ word: name, stem: stemOf(name) }, lexicon) !== null;
  return [...otherNames.keys()].filter(isThere).map((name) => [name, 1]);
}
