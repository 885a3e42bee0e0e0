import { type Category, pathMark } from '../../catalogue/categories.ts';
import type { Lexicon } from '../../catalogue/lexicon.ts';
import type { Exclusion } from '../../intent.ts';
import { stemOf } from '../../words/stems.ts';
import type { Token } from '../../words/tokens.ts';

/** For whom something is. */
export type Being = 'dog' | 'cat' | 'pet' | 'child' | 'man' | 'woman' | 'person';

const called: Record<Being, string> = {
  dog: `dog doggy doggie doggo puppy pup hound pooch mutt canine terrier labrador lab spaniel poodle beagle dachshund retriever collie greyhound
    whippet bulldog pug chihuahua husky rottweiler schnauzer dalmatian labradoodle cockapoo mongrel corgi mastiff doberman alsatian lurcher setter
    bloodhound pitbull westie yorkie staffie`,
  cat: 'cat kitten kitty tomcat moggy moggie puss pussycat feline tabby siamese ragdoll persian mouser',
  pet: 'pet animal bird parrot hamster rabbit horse pony budgie goldfish',
  child:
    'baby toddler newborn infant child kid kiddo tot bairn bub youngster preschooler grandchild grandson granddaughter',
  man: 'man dad daddy father husband boyfriend brother grandpa grandfather granddad uncle him male gentleman papa boy bloke chap guy fella lad dude',
  woman:
    'woman mom mommy mother wife girlfriend sister grandma grandmother granny nan nana aunt auntie female lady mama girl lass',
  person:
    'friend colleague boss teacher parent partner neighbor neighbour teenager teen adult person coworker fiance fiancee couple host hostess son daughter nephew niece roommate flatmate student family',
};
const beings = new Map(
  (Object.entries(called) as [Being, string][]).flatMap(([being, words]) =>
    words.split(/\s+/).map((word) => [word, being] as const),
  ),
);
/** The words that the language has for a being. */
export const wordsFor = (being: Being): string[] => called[being].split(/\s+/);
export const beingOf = ({ stem, word }: Pick<Token, 'stem' | 'word'>): Being | null =>
  beings.get(stem) ?? beings.get(word) ?? null;
/** Whether a word is one for an animal. */
export const isAnimal = (stem: string): boolean => ['dog', 'cat', 'pet'].includes(beings.get(stem) ?? '');
/** Whether a word is one for somebody. */
export const isBeing = (word: string): boolean => beings.has(word) || beings.has(stemOf(word));

export const bodyParts: ReadonlySet<string> = new Set(
  'skin hair hand face foot lip eye scalp nail neck back tooth nose ear head leg knee shoulder arm finger fur coat paw belly bottom bum tummy cheek chin botty knuckle heel toe'.split(
    ' ',
  ),
);

/** Whose things may be for them too. */
const shares: Record<Being, readonly Being[]> = {
  dog: ['dog', 'pet', 'man', 'woman', 'person'],
  cat: ['cat', 'pet', 'man', 'woman', 'person'],
  pet: ['pet', 'dog', 'cat', 'man', 'woman', 'person'],
  child: ['child', 'man', 'woman', 'person'],
  man: ['man', 'person'],
  woman: ['woman', 'person'],
  person: ['person', 'man', 'woman'],
};
export interface BeingCategories {
  /** The outermost categories that are for a being. */
  of(being: Being): Category[];
  /** What is for none of these, but for others; but nothing that a wish names. */
  others(some: readonly Being[], wished: readonly string[]): Exclusion[];
  /** Words of categories for a being: "baby" for a toddler. */
  words(being: Being): string[];
}

export function createBeingCategories({ categories }: Lexicon): BeingCategories {
  const byBeing = new Map<Being, Category[]>();
  const ofCategory = (category: Category): Being | null => {
    for (const stem of category.names.flat()) if (beings.has(stem)) return beings.get(stem) ?? null;
    return null;
  };
  for (const category of categories.all()) {
    const being = ofCategory(category);
    if (being) byBeing.set(being, [...(byBeing.get(being) ?? []), category]);
  }
  const of = (being: Being) => byBeing.get(being) ?? [];
  return {
    of,
    words: (being) => [
      ...new Set(
        of(being)
          .flatMap(({ names }) => names.flat())
          .filter((stem) => beings.get(stem) === being),
      ),
    ],
    others(some, wished) {
      const foreign = (Object.keys(called) as Being[])
        .filter((other) => !some.some((being) => shares[being].includes(other)))
        .flatMap(of);
      const own = some.flatMap(of);
      const holdsOwn = (category: Category) => own.some(({ path }) => path.startsWith(category.path));
      const isWished = ({ path }: Category) =>
        wished.some((wish) => `${wish} > `.startsWith(`${path} > `) || `${path} > `.startsWith(`${wish} > `));
      const left = foreign.filter((category) => !holdsOwn(category) && !isWished(category));
      const outer = left.filter(
        (category) =>
          !left.some((other) => other !== category && category.path.startsWith(`${other.path} > `)),
      );
      return outer.map(({ path }) => ({
        text: path.split(pathMark).at(-1) ?? path,
        categories: [path],
        brands: [],
        words: [],
        item_ids: [],
        assumed: true,
      }));
    },
  };
}
