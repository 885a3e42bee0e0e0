import * as z from 'zod';
import type { Dataset, EvaluationCase } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';
import { readJson } from '../storage/json-file.ts';
import { popularityOf } from './popularity.ts';
import { bothProtocols, type Seen } from './seen-items.ts';

const recalls = z.record(z.string(), z.number().nullable());

const group = z.strictObject({
  /** For example `5 to 9`. */
  label: z.string(),
  cases: z.int().nonnegative(),
  /** recall@cutoff of each method, by the recipe's own protocol; null for a group without cases. */
  recall: recalls,
  /** By the other one; older results have none. */
  recall_other: recalls.optional(),
});

const breakdownSchema = z.strictObject({
  version: z.literal(1),
  cutoff: z.int().positive(),
  /** What became of seen items in `recall`; older results do not say it. */
  seen: z.enum(bothProtocols).optional(),
  /** Cases by how often their target stands in the training events. */
  by_target_frequency: z.array(group),
  /** Cases by how many items their history has. */
  by_history_length: z.array(group),
  /**
   * Share of all cases of which some beam of the final list begins as the target's code does, with so many digits: the
   * last is the share of targets that are in the list, and the largest fall is the digit at which most are lost.
   */
  digits_found: z.array(z.number().min(0).max(1)),
});

export type Breakdown = z.infer<typeof breakdownSchema>;
export type BreakdownGroup = z.infer<typeof group>;

export const breakdownFile = 'breakdown.json';

const frequencies = [0, 1, 5, 10, 20, 50, 100];
const lengths = [1, 4, 6, 10, 15, 20];

export interface BreakdownOptions {
  cases: readonly EvaluationCase[];
  dataset: Dataset;
  methods: readonly { name: string; ranked: Readonly<Record<Seen, Int32Array>> }[];
  /** The recipe's own protocol. */
  seen: Seen;
  cutoff: number;
  /** [cases] digits that the best fitting beam shares with the target's code, from the first on. */
  sharedDigits: Uint8Array;
  levels: number;
}

/** Which targets are found and which are not: rare or frequent ones, behind short or long histories, and at which digit. */
export function buildBreakdown(options: BreakdownOptions): Breakdown {
  const { cases, dataset, cutoff, seen, sharedDigits, levels } = options;
  const counts = popularityOf(dataset);
  const found = (digits: number) =>
    sharedDigits.reduce((sum, shared) => sum + (shared >= digits ? 1 : 0), 0) / Math.max(1, cases.length);
  return {
    version: 1,
    cutoff,
    seen,
    by_target_frequency: groupsOf(
      cases.map(({ target }) => counts[target]),
      frequencies,
      options,
    ),
    by_history_length: groupsOf(
      cases.map(({ history }) => history.length),
      lengths,
      options,
    ),
    digits_found: Array.from({ length: levels }, (_, level) => found(level + 1)),
  };
}

/** Recall of each method under one protocol; null in an older result, which does not say what its own is. */
export function recallUnder(
  seen: Seen,
  { recall, recall_other }: BreakdownGroup,
  { seen: own }: Pick<Breakdown, 'seen'>,
): BreakdownGroup['recall'] | null {
  if (!own) return null;
  return seen === own ? recall : (recall_other ?? null);
}

/** How many digits, from the first on, the best of these codes has in common with `target`; codes are rows of digits. */
export function mostSharedDigits(target: ArrayLike<number>, codes: Iterable<ArrayLike<number>>): number {
  let most = 0;
  for (const code of codes) {
    let shared = 0;
    while (shared < target.length && code[shared] === target[shared]) shared++;
    most = Math.max(most, shared);
  }
  return most;
}

/** Reads `breakdown.json`, checked. Throws a UserError where it is missing or broken. */
export function readBreakdown(path: string): Breakdown {
  const remedy = 'Evaluate again: `eager-llm run` with --from evaluation rewrites the file.';
  const parsed = breakdownSchema.safeParse(readJson(path, remedy));
  if (parsed.success) return parsed.data;
  throw new UserError(
    'evaluation/broken-breakdown',
    `is not a breakdown of version 1: ${z.prettifyError(parsed.error)}`,
    { place: path, remedy },
  );
}

function groupsOf(
  values: readonly number[],
  starts: readonly number[],
  { methods, seen, cutoff }: BreakdownOptions,
): BreakdownGroup[] {
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? Number.POSITIVE_INFINITY;
    const members = [...values.keys()].filter((each) => values[each] >= start && values[each] < end);
    const recallOf = (ranks: Int32Array) =>
      members.filter((each) => ranks[each] > 0 && ranks[each] <= cutoff).length / members.length;
    const recallsOf = (protocol: Seen) =>
      Object.fromEntries(
        methods.map(({ name, ranked }) => [name, members.length > 0 ? recallOf(ranked[protocol]) : null]),
      );
    return {
      label: labelOf(start, end),
      cases: members.length,
      recall: recallsOf(seen),
      recall_other: recallsOf(seen === 'kept' ? 'removed' : 'kept'),
    };
  });
}

function labelOf(start: number, end: number): string {
  if (end === Number.POSITIVE_INFINITY) return `${start} and more`;
  return end - start === 1 ? `${start}` : `${start} to ${end - 1}`;
}
