import { mul, sumAll } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { comparedCodes, sentAlong } from './compared-codes.ts';
import type { Objective, ObjectiveKind, SearchCodes } from './objective.ts';
import { rehearsed } from './rehearsed.ts';
import { codeAt, hasTaken, isSameCode, takenIn, withCode } from './taken-items.ts';

export const rewardKind: ObjectiveKind = {
  prepare: (part, { digits, search }) =>
    part.reward_weight > 0
      ? rewardObjective({ weight: part.reward_weight, beams: part.reward_beams }, digits.levels, search)
      : null,
  heldOut: () => null,
};

/**
 * Rewards for the model's own lists (GRPO, Shao et al. 2024; with the rewards of MiniOneRec, Kong et al. 2025): of each
 * example with items one place is drawn, and the model as it is searches its `beams` best items there. A beam's reward is
 * above the mean of its list or below, in standard deviations; the loss is minus that advantage x the mean log-probability
 * of the code's tokens, averaged over the list. Lists are searched anew for each update, so there is no ratio to an older
 * model to be clipped; the token loss beside it keeps the model near what was taken, in place of a term to a reference
 * model. The beams' rows go through the model beside the examples.
 *
 * Feeds: those of the compared codes; `reward/weights` [P, beams].
 */
export function rewardObjective(
  { weight, beams }: { weight: number; beams: number },
  levels: number,
  search: SearchCodes,
): Objective {
  const codes = comparedCodes('reward', beams, levels);
  const lists = rehearsed(search, levels, beams);
  return {
    name: 'reward',
    parameters: [],
    readsWhole: false,
    places: [codes.places],
    companionsOfRow: beams,
    losses(model, states) {
      const weights = input('reward/weights', ['P', beams]);
      return [sumAll(mul(codes.losses(model, states), weights))];
    },
    count: (examples) => examples.filter((example) => hasTaken(example, levels)).length,
    rehearse: lists.rehearse,
    companions: (examples, random) =>
      takenIn(examples, levels, random).flatMap(({ row, start }, at) => {
        const own = codeAt(examples[row], start, levels);
        const list = lists.of(examples)[at];
        // A short list is filled up with the taken item, which then counts for nothing.
        return Array.from({ length: beams }, (_, beam) => withCode(examples[row], start, list[beam] ?? own));
      }),
    feeds(batch, examples, total, random, companions) {
      const sent = companions ?? { rows: [], behind: 0 };
      const taken = takenIn(examples, levels, random);
      const { feeds, groups } = codes.feeds(
        batch,
        taken.flatMap(({ start }, at) => sentAlong(sent, at, beams, start)),
      );
      const data = new Float32Array(groups * beams);
      for (const [at, { row, start }] of taken.entries()) {
        const own = codeAt(examples[row], start, levels);
        const isTaken = lists.of(examples)[at].map((code) => isSameCode(code, own));
        const advantages = advantagesOf(rewardsOf(isTaken));
        data.set(
          advantages.map((advantage) => (advantage * weight) / (total * beams)),
          at * beams,
        );
      }
      return { ...feeds, 'reward/weights': { shape: [groups, beams], data } };
    },
  };
}

/**
 * Rewards of a list, best first, by which of its items was taken: 1 for that one; the others lose more, the higher they
 * were ranked, -1 / log(rank + 1), as shares that add up to -1 (MiniOneRec's rule and rank rewards together).
 */
export function rewardsOf(isTaken: readonly boolean[]): number[] {
  const penalties = isTaken.map((taken, at) => (taken ? 0 : 1 / Math.log(at + 2)));
  const sum = penalties.reduce((all, penalty) => all + penalty, 0);
  return penalties.map((penalty, at) => (isTaken[at] ? 1 : -penalty / sum));
}

/** Standard deviations above the mean of the list; zeros where all rewards are the same. */
export function advantagesOf(rewards: readonly number[]): number[] {
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const deviation = Math.sqrt(
    rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / rewards.length,
  );
  return rewards.map((reward) => (deviation > 1e-9 ? (reward - mean) / deviation : 0));
}
