import { z } from 'zod';

/** What is looked for in one breath: "dog toys by Wuffi". Its conditions hold together. */
export const wish = z.object({
  text: z.string().describe('the wish as it was understood, spelling corrected'),
  categories: z
    .array(z.string())
    .describe('category paths of the catalogue, any of which fits; may be empty'),
  brands: z.array(z.string()).describe('brands of the catalogue, any of which fits; may be empty'),
  words: z.array(z.string()).describe('further words that its items should hold, spelling corrected'),
  measures: z
    .array(z.string())
    .describe('sizes and amounts that its items must have: "12 kg", "size 3", "4 people"'),
  guessed: z
    .array(z.string())
    .optional()
    .describe('those of its measures that no number said: "size L" for a big dog'),
});

/** What no item may be. */
export const exclusion = z.object({
  text: z.string(),
  categories: z.array(z.string()),
  brands: z.array(z.string()),
  words: z
    .array(z.string())
    .describe('texts of items may hold none of these words, where nothing else is given'),
  item_ids: z.array(z.string()),
  assumed: z.boolean().optional().describe('nobody said it, it follows: a gift for a woman is none for men'),
  stays: z
    .boolean()
    .optional()
    .describe('it is said of a person ("she is allergic"), and holds whatever is asked for next'),
});

/** A condition that every item has to fulfil. */
export const limit = z.object({
  text: z.string().describe('"under 50 €", "in stock", "blue"'),
  field: z.string().describe('price, stock, or another attribute of the items'),
  min: z.number().nullable(),
  max: z.number().nullable(),
  values: z.array(z.string()).describe('any of these; empty where a range is meant'),
  firm: z
    .boolean()
    .optional()
    .describe('where something is within it, nothing else is shown: "cheaper than the second"'),
  guessed: z
    .boolean()
    .optional()
    .describe('the words gave no such number: "about 20 € (15 to 25 €, a guess)"'),
  other_than: z
    .array(z.string())
    .optional()
    .describe(
      'ids of items that were shown when a mere "cheaper" was said: others come before them, and where no other is within it, the limit is left aside',
    ),
});

/** What comes first by a fact of the items: "the lightest". */
export const superlative = z.object({
  text: z.string().describe('"lightest"'),
  field: z.string().describe('weight, size, or an attribute of the items'),
  most: z.boolean().describe('whether more of it comes first'),
});

/** A question about items or about the shop, instead of a wish. */
export const question = z.object({
  item_ids: z.array(z.string()).describe('empty where it is about the shop itself'),
  field: z
    .string()
    .describe(
      'price, stock, or another attribute of the items, or difference; of the shop: delivery, returns, payment, …',
    ),
  asked: z
    .string()
    .optional()
    .describe('what is asked of the items, where the field is no fact of its own: "is good for dry hair"'),
  compares: superlative
    .omit({ field: true })
    .optional()
    .describe('which of the items has more or less of it is asked: "cheaper"'),
});

/** The field of a question how items differ. */
export const differenceOf = 'difference';

/** The field of a question that no shop answers: "what is the capital of France?". */
export const elsewhere = 'other matters';

/** What a conversation asks for: plain words and ids, which a person can read and correct, and a program can check. */
export const intent = z.object({
  wishes: z.array(wish).describe('several are searched for one by one'),
  without: z.array(exclusion),
  limits: z.array(limit),
  order: z.union([z.enum(['cheapest', 'dearest', 'popular']), superlative]).nullable(),
  count: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('how many items are asked for: "just two ideas"; null = not said'),
  had: z.array(z.string()).describe('ids of items that the person has or bought, oldest first'),
  examples: z
    .array(z.string())
    .optional()
    .describe('those of `had` that stand for their kind: which one it is was not said ("I bought a tent")'),
  liked: z.array(z.string()).describe('ids of items that the answer should be like'),
  question: question.nullable(),
  mended: z.array(z.object({ from: z.string(), to: z.string() })).describe('corrected spelling'),
  unknown: z.array(z.string()).describe('words that no item has, and that are no ordinary words either'),
  unread: z
    .array(z.string())
    .default([])
    .describe('parts of the text that were not looked for, because there are too many'),
  no_longer: z
    .array(z.string())
    .optional()
    .describe('limits that were said of another wish and fell with it: "up to 15 €"'),
  leaves: z.boolean().optional().describe('thanks or a goodbye, and nothing else: no list is wanted'),
  greets: z
    .boolean()
    .optional()
    .describe('a greeting, or a question what can be asked, and nothing else: no list is wanted'),
  recalls: z
    .enum(['wish', 'history'])
    .optional()
    .describe('a question about oneself, and nothing else: what was asked for, or what was bought'),
  after_latest: z
    .boolean()
    .optional()
    .describe('of all that the person has, the latest item is meant: "what goes with what I bought last?"'),
});

export type Wish = z.infer<typeof wish>;
export type Exclusion = z.infer<typeof exclusion>;
export type Limit = z.infer<typeof limit>;
export type Superlative = z.infer<typeof superlative>;
export type Question = z.infer<typeof question>;
export type Intent = z.infer<typeof intent>;

/** An exclusion of nothing yet. */
export const emptyExclusion = (): Exclusion => ({
  text: '',
  categories: [],
  brands: [],
  words: [],
  item_ids: [],
});

/** An intent that asks for nothing. */
export const emptyIntent = (): Intent => ({
  wishes: [],
  without: [],
  limits: [],
  order: null,
  count: null,
  had: [],
  liked: [],
  question: null,
  mended: [],
  unknown: [],
  unread: [],
});

/** "cheapest first" */
export const orderText = (order: NonNullable<Intent['order']>): string =>
  `${typeof order === 'object' ? order.text : orderTexts[order]} first`;
const orderTexts = { cheapest: 'cheapest', dearest: 'most expensive', popular: 'most popular' };

export const orderField = (order: NonNullable<Intent['order']>): string =>
  typeof order === 'object' ? order.field : order === 'popular' ? 'popularity' : 'price';

/** Whether no item has anything of what a wish names. */
export const isUnknown = (
  { categories, brands, measures, words }: Wish,
  unknown: readonly string[],
): boolean =>
  categories.length + brands.length + measures.length === 0 && words.every((word) => unknown.includes(word));

/** Whether a question is about the shop itself. */
export const isAboutShop = (question: Question | null): boolean => question?.item_ids.length === 0;
