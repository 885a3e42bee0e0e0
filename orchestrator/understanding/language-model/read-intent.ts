import { z } from 'zod';
import { emptyExclusion, exclusion, type Intent, intent, limit, wish } from '../intent.ts';
import { NoAnswer } from './no-answer.ts';

/** Far above what a person says in one conversation. */
const mostEntries = 20;

const emptyWish = { text: '', categories: [], brands: [], words: [], measures: [] };
const emptyLimit = { text: '', min: null, max: null, values: [] };

/** Models leave out what is empty: a list that is not there is an empty one. What is there has to be of the right kind. */
const answer = z.object({
  ...intent.shape,
  wishes: z.array(filled(wish, emptyWish)).max(mostEntries),
  without: z.array(filled(exclusion, emptyExclusion())).max(mostEntries).default([]),
  limits: z.array(filled(limit, emptyLimit)).max(mostEntries).default([]),
  order: intent.shape.order.default(null),
  had: intent.shape.had.max(mostEntries).default([]),
  liked: intent.shape.liked.max(mostEntries).default([]),
  question: intent.shape.question.default(null),
  mended: intent.shape.mended.max(mostEntries).default([]),
  unknown: intent.shape.unknown.max(mostEntries).default([]),
});

function filled<T extends z.ZodType>(schema: T, empty: object) {
  return z.preprocess(
    (value) => (typeof value === 'object' && value !== null ? { ...empty, ...value } : value),
    schema,
  );
}

/** The intent that an answer holds, as JSON among whatever else it says. Throws a NoAnswer where it holds none. */
export function readIntent(text: string): Intent {
  const parsed = answer.safeParse(jsonIn(text));
  if (!parsed.success) throw new NoAnswer('unreadable');
  return parsed.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  } catch {
    throw new NoAnswer('unreadable');
  }
}
