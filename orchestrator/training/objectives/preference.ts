import { add, crossEntropy, mul, sumAll } from '../../engine/functions.ts';
import { constant, input } from '../../engine/graph.ts';
import type { SequenceModel } from '../../models/model.ts';
import type { Random } from '../../shared/random.ts';
import type { CodeDigits } from '../code-digits.ts';
import { comparedCodes, sentAlong } from './compared-codes.ts';
import { floatList, integerList } from './feeds.ts';
import type { Objective, ObjectiveKind, SearchCodes } from './objective.ts';
import { rehearsed } from './rehearsed.ts';
import { codeAt, hasTaken, isSameCode, takenIn, withCode } from './taken-items.ts';

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
  prepare: (part, { digits, search }) =>
    part.preference_weight > 0
      ? preferenceObjective(
          {
            weight: part.preference_weight,
            negatives: part.preference_negatives,
            beta: part.preference_beta,
            margin: part.preference_margin,
          },
          digits,
          part.preference_rivals === 'beams' ? search : null,
        )
      : null,
  heldOut: () => null,
};

/**
 * Preference of the item that was taken over rejected ones: -log of the share that it has among them, by exp(beta x the
 * mean log-probability of its code's tokens), where those of rejected items are helped by `margin`. With one rejected item
 * this is SimPO (Meng et al. 2024), which needs no reference model; with several, they are compared as in S-DPO (Chen et
 * al. 2024). Of each example with items one is compared, drawn anew each time; rejected items are those of events drawn
 * from the log, so that popular ones come often, or with `search` those that the model as it is ranks first. Their rows go
 * through the model beside the examples.
 *
 * Feeds: those of the compared codes, the taken item's before those of the rejected ones; `preference/weights` [P],
 * `preference/taken` [P] zeros.
 */
export function preferenceObjective(
  { weight, negatives, beta, margin }: Preference,
  digits: CodeDigits,
  search: SearchCodes | null = null,
): Objective {
  const { levels } = digits;
  const rivals = 1 + negatives;
  const margins = Float32Array.from({ length: rivals }, (_, at) => (at === 0 ? 0 : margin));
  const codes = comparedCodes('preference', rivals, levels);
  const beams = search && rehearsed(search, levels, negatives + 1);
  return {
    name: 'preference',
    parameters: [],
    readsWhole: false,
    places: [codes.places],
    companionsOfRow: negatives,
    losses: (model: SequenceModel, states) => {
      const rewards = add(mul(codes.losses(model, states), -beta), constant(margins, [1, rivals]));
      const preferred = crossEntropy(rewards, input('preference/taken', ['P'], 'int64'));
      return [sumAll(mul(preferred, input('preference/weights', ['P'])))];
    },
    count: (examples) => examples.filter((example) => hasTaken(example, levels)).length,
    ...(beams ? { rehearse: beams.rehearse } : {}),
    companions: (examples, random) =>
      takenIn(examples, levels, random).flatMap(({ row, start }, at) => {
        const taken = codeAt(examples[row], start, levels);
        const found = (beams?.of(examples)[at] ?? []).filter((code) => !isSameCode(code, taken));
        return Array.from({ length: negatives }, (_, one) =>
          withCode(examples[row], start, found[one] ?? rejectedCode(taken, digits, random)),
        );
      }),
    feeds(batch, examples, total, random, companions) {
      const sent = companions ?? { rows: [], behind: 0 };
      const taken = takenIn(examples, levels, random);
      const compared = taken.flatMap(({ row, start }, at) => [
        { row, example: examples[row], start },
        ...sentAlong(sent, at, negatives, start),
      ]);
      const { feeds, groups } = codes.feeds(batch, compared);
      return {
        ...feeds,
        'preference/weights': floatList(
          new Array<number>(groups).fill(taken.length > 0 ? weight / total : 0),
        ),
        'preference/taken': integerList(new Array<number>(groups).fill(0)),
      };
    },
  };
}

/** The code of an event's item, another than the taken one where some draws find one. */
function rejectedCode(taken: Int32Array, digits: CodeDigits, random: Random): Int32Array {
  for (let draws = 0; ; draws++) {
    const code = digits.codeOf(random.integer(digits.events));
    if (draws === 9 || !isSameCode(code, taken)) return code;
  }
}
