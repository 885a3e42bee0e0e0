import { add, crossEntropy, gatherRows, mul, reduceMean, reshape, sumAll } from '../../engine/functions.ts';
import { constant, input } from '../../engine/graph.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { SequenceModel } from '../../models/model.ts';
import type { Example } from '../../shared/example.ts';
import type { Random } from '../../shared/random.ts';
import type { CodeDigits } from '../code-digits.ts';
import { floatList, integerList } from './feeds.ts';
import { firstLearned, type Objective, type ObjectiveKind } from './objective.ts';

/** How the item that was taken is preferred to others. */
export interface Preference {
  /** Weight of the loss, relative to the token loss. */
  weight: number;
  /** Rejected items for each taken one. */
  negatives: number;
  /** Mean log-probabilities of tokens are multiplied by this. */
  beta: number;
  /** By how much the taken item's should be above the others', after that. */
  margin: number;
}

export const preferenceKind: ObjectiveKind = {
  prepare: (part, { digits }) =>
    part.preference_weight > 0
      ? preferenceObjective(
          {
            weight: part.preference_weight,
            negatives: part.preference_negatives,
            beta: part.preference_beta,
            margin: part.preference_margin,
          },
          digits,
        )
      : null,
  heldOut: () => null,
};

/** An item that was taken: the row, and where in its target the item's code begins. */
interface Taken {
  row: number;
  start: number;
}

/**
 * Preference of the item that was taken over rejected ones: -log of the share that it has among them, by exp(beta x the
 * mean log-probability of its code's tokens), where those of rejected items are helped by `margin`. With one rejected item
 * this is SimPO (Meng et al. 2024), which needs no reference model; with several, they are compared as in S-DPO (Chen et
 * al. 2024). Of each example with items one is compared, drawn anew each time; rejected items are those of events drawn
 * from the log, so that popular ones come often. Their rows go through the model beside the examples.
 *
 * Feeds: `preference/places` and `preference/tokens` [P x (1 + negatives) x levels], the tokens of each code, the taken
 * item's before those of the rejected ones; `preference/weights` [P], `preference/taken` [P] zeros.
 */
export function preferenceObjective(
  { weight, negatives, beta, margin }: Preference,
  digits: CodeDigits,
): Objective {
  const { levels } = digits;
  const rivals = 1 + negatives;
  const flat = [multiplyDims(['P', rivals * levels])];
  const margins = Float32Array.from({ length: rivals }, (_, at) => (at === 0 ? 0 : margin));
  return {
    name: 'preference',
    parameters: [],
    readsWhole: false,
    places: ['preference/places'],
    companionsOfRow: negatives,
    losses: ({ tensors }: SequenceModel, states) => {
      const places = gatherRows(states, input('preference/places', flat, 'int64'));
      const losses = reshape(tensors.losses(places, input('preference/tokens', flat, 'int64')), [
        'P',
        rivals,
        levels,
      ]);
      const rewards = add(mul(reduceMean(losses, [2]), -beta), constant(margins, [1, rivals]));
      const preferred = crossEntropy(rewards, input('preference/taken', ['P'], 'int64'));
      return [sumAll(mul(preferred, input('preference/weights', ['P'])))];
    },
    count: (examples) => examples.filter((example) => codesOf(example, levels).length > 0).length,
    companions: (examples, random) =>
      takenIn(examples, levels, random).flatMap(({ row, start }) => {
        const { task, source, target } = examples[row];
        const code = target.subarray(start, start + levels);
        return Array.from({ length: negatives }, (): Example => {
          const rejected = Int32Array.from(target.subarray(0, start + levels));
          rejected.set(rejectedCode(code, digits, random), start);
          return { task, source, target: rejected, weights: new Float32Array(start + levels), summaries: [] };
        });
      }),
    feeds(batch, examples, total, random, companions) {
      const { rows, behind } = companions ?? { rows: [], behind: 0 };
      const taken = takenIn(examples, levels, random);
      const tokens = taken.flatMap(({ row, start }, at) => {
        const rejected = Array.from({ length: negatives }, (_, one) => at * negatives + one);
        const rivals = [
          { row, target: examples[row].target },
          ...rejected.map((one) => ({ row: behind + one, target: rows[one].target })),
        ];
        return rivals.flatMap((rival) =>
          Array.from({ length: levels }, (_, level) => ({
            place: batch.before(rival.row, start + level) ?? 0,
            token: rival.target[start + level],
          })),
        );
      });
      // Kernels want at least one row.
      if (taken.length === 0)
        tokens.push(...Array.from({ length: rivals * levels }, () => ({ place: 0, token: 0 })));
      const count = tokens.length / (rivals * levels);
      return {
        'preference/places': integerList(tokens.map(({ place }) => place)),
        'preference/tokens': integerList(tokens.map(({ token }) => token)),
        'preference/weights': floatList(new Array<number>(count).fill(taken.length > 0 ? weight / total : 0)),
        'preference/taken': integerList(new Array<number>(count).fill(0)),
      };
    },
  };
}

/** Where the codes of learned items begin that something stands before. */
function codesOf(example: Example, levels: number): number[] {
  return example.summaries
    .map(({ position }) => position - levels + 1)
    .filter((start) => start >= firstLearned(example));
}

/** One item of each example that has any; the same for the same draws. */
function takenIn(examples: readonly Example[], levels: number, random: Random): Taken[] {
  return examples.flatMap((example, row) => {
    const starts = codesOf(example, levels);
    return starts.length > 0 ? [{ row, start: starts[random.integer(starts.length)] }] : [];
  });
}

/** The code of an event's item, another than the taken one where some draws find one. */
function rejectedCode(taken: Int32Array, digits: CodeDigits, random: Random): Int32Array {
  for (let draws = 0; ; draws++) {
    const code = digits.codeOf(random.integer(digits.events));
    if (draws === 9 || code.some((token, level) => token !== taken[level])) return code;
  }
}
