import { type Exclusion, type Intent, type Limit, orderText, type Question, type Wish } from './intent.ts';

/** Something that was understood, for a chip that a person can take away. */
export interface Part {
  /** The same for the same thing in the next turn. */
  key: string;
  kind:
    | 'wish'
    | 'brand'
    | 'without'
    | 'limit'
    | 'order'
    | 'count'
    | 'had'
    | 'liked'
    | 'question'
    | 'mended'
    | 'unknown'
    | 'unread';
  text: string;
  /** Nobody said it: a number that was guessed, or what follows from what was said. */
  guessed?: boolean;
  /** It could not be applied. */
  aside?: boolean;
}

/** What could not be applied. */
export interface Aside {
  limits: readonly Limit[];
  /** The order, too. */
  order: boolean;
}

/** What was understood, piece by piece. */
export function partsOf(intent: Intent, titleOf: (id: string) => string, aside?: Aside): Part[] {
  const { question } = intent;
  const parts = [
    ...intent.wishes.map((wish) => part('wish', wish.text, wish.text)),
    ...intent.wishes.flatMap(besideText).map((brand) => part('brand', brand, `by ${brand}`)),
    ...intent.without.filter((excluded) => !goesWithoutSaying(excluded, intent)).map(exclusionPart),
    ...intent.limits.map((limit) => ({
      ...part('limit', limitKey(limit), limit.text),
      ...(limit.guessed ? { guessed: true } : {}),
      ...(aside?.limits.includes(limit) ? { aside: true } : {}),
    })),
    ...guessesIn(intent).map((measure) => ({
      ...part('limit', guessKey(measure), `${measure} (a guess)`),
      guessed: true,
    })),
    ...(intent.order
      ? [
          {
            ...part('order', orderKey(intent.order), orderText(intent.order)),
            ...(aside?.order ? { aside: true } : {}),
          },
        ]
      : []),
    ...(intent.count ? [part('count', 'items', countText(intent.count))] : []),
    ...intent.had.map((id) => hadPart(id, titleOf(id), intent.examples?.includes(id) === true)),
    ...(intent.after_latest ? [part('had', latestName, 'after the last purchase')] : []),
    ...intent.liked.map((id) => part('liked', id, `like: ${titleOf(id)}`)),
    ...(question ? [part('question', question.field, questionText(question, titleOf))] : []),
    ...intent.mended.map(({ from, to }) => part('mended', from, `${from} → ${to}`)),
    ...intent.unknown
      .filter((word) => !intent.wishes.some((wish) => isIn(wish, word)))
      .map((word) => part('unknown', word, `unknown: ${word}`)),
    ...intent.unread.map((text) => part('unread', text, `not understood: ${text}`)),
  ];
  // What was said in several turns is one chip.
  return [...new Map(parts.map((each) => [each.key, each])).values()];
}

/** The intent without what a person took away. */
export function withoutParts(intent: Intent, keys: readonly string[]): Intent {
  const gone = new Set(keys);
  const stays = (kind: Part['kind'], name: string) => !gone.has(keyOf(kind, name));
  const wishes = intent.wishes.filter(({ text }) => stays('wish', text));
  // With a wish goes what was unknown or mended in it, which would be a chip of its own now.
  const isLeft = (word: string) =>
    !intent.wishes.some((wish) => !wishes.includes(wish) && isIn(wish, word)) ||
    wishes.some((wish) => isIn(wish, word));
  return {
    wishes: wishes
      .map((wish) => withoutGuesses(wish, (measure) => stays('limit', guessKey(measure))))
      .map((wish) => withoutBrands(wish, (brand) => stays('brand', brand))),
    without: intent.without.filter(({ text }) => stays('without', text)),
    limits: intent.limits.filter((limit) => stays('limit', limitKey(limit))),
    order: intent.order && stays('order', orderKey(intent.order)) ? intent.order : null,
    count: stays('count', 'items') ? intent.count : null,
    had: intent.had.filter((id) => stays('had', id)),
    ...(intent.examples ? { examples: intent.examples.filter((id) => stays('had', id)) } : {}),
    liked: intent.liked.filter((id) => stays('liked', id)),
    question: intent.question && stays('question', intent.question.field) ? intent.question : null,
    mended: intent.mended.filter(({ from, to }) => stays('mended', from) && isLeft(to)),
    unknown: intent.unknown.filter((word) => stays('unknown', word) && isLeft(word)),
    unread: intent.unread.filter((text) => stays('unread', text)),
    ...(intent.no_longer ? { no_longer: intent.no_longer } : {}),
    ...(intent.leaves ? { leaves: true } : {}),
    ...(intent.greets ? { greets: true } : {}),
    ...(intent.recalls ? { recalls: intent.recalls } : {}),
    ...(intent.after_latest && stays('had', latestName) ? { after_latest: true } : {}),
  };
}

const isIn = ({ text }: Wish, words: string) => ` ${text} `.includes(` ${words} `);
const guessesIn = ({ wishes }: Intent) => wishes.flatMap(({ guessed = [] }) => guessed);

function withoutGuesses(wish: Wish, stays: (measure: string) => boolean): Wish {
  const gone = wish.guessed?.filter((measure) => !stays(measure)) ?? [];
  if (gone.length === 0) return wish;
  return {
    ...wish,
    measures: wish.measures.filter((measure) => !gone.includes(measure)),
    guessed: wish.guessed?.filter(stays),
  };
}

/** Brands that the text of a wish does not name. */
export const besideText = ({ text, brands }: Wish): string[] =>
  brands.filter((brand) => !text.toLowerCase().includes(brand.toLowerCase()));

function withoutBrands(wish: Wish, stays: (brand: string) => boolean): Wish {
  const gone = besideText(wish).filter((brand) => !stays(brand));
  return gone.length === 0 ? wish : { ...wish, brands: wish.brands.filter((brand) => !gone.includes(brand)) };
}

/** Nobody said it, and every thing that is wished for has a category: nothing would be there without it. */
const goesWithoutSaying = ({ assumed }: Exclusion, { wishes }: Intent) =>
  assumed === true && wishes.length > 0 && wishes.every(({ categories }) => categories.length > 0);

function exclusionPart({ text, assumed }: Exclusion): Part {
  const said = part('without', text, `not ${text}`);
  return assumed ? { ...said, text: `${said.text} (assumed)`, guessed: true } : said;
}

function hadPart(id: string, title: string, isExample: boolean): Part {
  const had = part('had', id, `had: ${title}`);
  return isExample ? { ...had, text: `${had.text} (an example)`, guessed: true } : had;
}

function questionText({ field, asked, item_ids }: Question, titleOf: (id: string) => string): string {
  const titles = item_ids.map(titleOf).join(', ');
  return asked ? `whether ${titles} ${asked}` : [field, titles].filter(Boolean).join(' of ');
}

const latestName = 'latest';
const countText = (count: number) => (count === 1 ? '1 item' : `${count} items`);
const keyOf = (kind: Part['kind'], name: string) => `${kind}:${name}`;
const part = (kind: Part['kind'], name: string, text: string): Part => ({
  key: keyOf(kind, name),
  kind,
  text,
});
const guessKey = (measure: string) => `guess:${measure}`;
const orderKey = (order: NonNullable<Intent['order']>) => (typeof order === 'object' ? order.text : order);
const limitKey = ({ field, text }: Limit) => `${field}:${text}`;
