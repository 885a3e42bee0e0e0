import { holding } from '../../catalogue/holding.ts';
import type { Exclusion, Intent } from '../../intent.ts';
import type { Grammar } from '../grammar.ts';
import { isWithin } from '../wishes/refine.ts';

/**
 * "shampoo without silicones": where none of the items wished for holds the word, and some say that they do not, these
 * are what is asked for.
 */
export function settleDenials(intent: Intent, { lexicon }: Grammar): Intent {
  const { wishes } = intent;
  const categories = wishes.flatMap((wish) => wish.categories);
  if (wishes.length === 0 || wishes.some((wish) => wish.categories.length === 0)) return intent;
  const isWished = (item: number) => isWithin(lexicon.categories.of(item)?.path ?? '', categories);
  const sayingFor = ({ words, text }: Exclusion): string | null => {
    const saying = words.length > 0 ? lexicon.sayings.denial(lexicon.stemsOf(text).at(-1) ?? '') : null;
    const isHeld = saying !== null && [...holding(lexicon, words[0])].some(isWished);
    return saying && !isHeld && [...holding(lexicon, saying)].some(isWished) ? saying : null;
  };
  const sayings = intent.without.flatMap((excluded) => sayingFor(excluded) ?? []);
  if (sayings.length === 0) return intent;
  return {
    ...intent,
    wishes: wishes.map((wish) => {
      const added = sayings.filter((saying) => !wish.words.includes(saying));
      return {
        ...wish,
        text: [wish.text, ...added].join(' '),
        words: [...wish.words, ...added],
      };
    }),
    // What somebody does not bear is ruled out of the next wish, too.
    without: intent.without.filter((excluded) => excluded.stays || sayingFor(excluded) === null),
  };
}
