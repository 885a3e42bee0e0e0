import type { FindThings } from '../catalogue/find-things.ts';
import type { Lexicon } from '../catalogue/lexicon.ts';
import type { Translator } from '../words/translate.ts';
import type { TypingErrors } from '../words/typing-errors.ts';
import type { TitleAt } from './items/whole-titles.ts';
import type { BeingCategories } from './people/beings.ts';
import type { ResolveExclusion } from './without/exclusions.ts';

/** What the reading of a turn needs to know of the catalogue and of the language. */
export interface Grammar {
  lexicon: Lexicon;
  things: FindThings;
  exclusions: ResolveExclusion;
  beings: BeingCategories;
  typing: TypingErrors;
  translator: Translator;
  titleAt: TitleAt;
  /** Words of the catalogue that name a sort of a thing. */
  sortsOf(stem: string): readonly string[];
  isOrdinary(word: string): boolean;
  /** An ordinary word that is used so seldom that another may be meant. */
  isRare(word: string): boolean;
}
