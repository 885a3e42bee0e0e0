import { gatherRows, reduceMean, reshape } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { TensorView } from '../../engine/program.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Value } from '../../engine/types.ts';
import type { Batch, SequenceModel } from '../../models/model.ts';
import type { Example } from '../../shared/example.ts';
import { integerList } from './feeds.ts';

/** Codes that are compared with each other at one place: rows of the batch that are the same up to there. */
export interface Rival {
  row: number;
  example: Example;
  start: number;
}

/** The rows that a taken item, the `at`-th of a pass, sent along: `count` of them, with their codes in its place. */
export function sentAlong(
  { rows, behind }: { rows: readonly Example[]; behind: number },
  at: number,
  count: number,
  start: number,
): Rival[] {
  return Array.from({ length: count }, (_, one) => {
    const place = at * count + one;
    return { row: behind + place, example: rows[place], start };
  });
}

/** Groups of `rivals` codes of `levels` tokens, in the graph of a loss; `name` is that of the objective. */
export interface ComparedCodes {
  /** The feed of flat places of states. */
  places: string;
  /** [P, rivals] minus the mean log-probability of each code's tokens */
  losses(model: SequenceModel, states: Value): Value;
  /** `rivals` of each of the groups, one after the other; kernels want at least one group, so none becomes one of zeros. */
  feeds(batch: Batch, rivals: readonly Rival[]): { feeds: Record<string, TensorView>; groups: number };
}

/** Feeds: `NAME/places` and `NAME/tokens` [P x rivals x levels], the tokens of each code. */
export function comparedCodes(name: string, rivals: number, levels: number): ComparedCodes {
  const flat = [multiplyDims(['P', rivals * levels])];
  const [placesName, tokensName] = [`${name}/places`, `${name}/tokens`];
  return {
    places: placesName,
    losses({ tensors }, states) {
      const places = gatherRows(states, input(placesName, flat, 'int64'));
      const losses = tensors.losses(places, input(tokensName, flat, 'int64'));
      return reduceMean(reshape(losses, ['P', rivals, levels]), [2]);
    },
    feeds(batch, compared) {
      const tokens = compared.flatMap(({ row, example, start }) =>
        Array.from({ length: levels }, (_, level) => ({
          place: batch.before(row, start + level) ?? 0,
          token: example.target[start + level],
        })),
      );
      if (compared.length === 0)
        tokens.push(...Array.from({ length: rivals * levels }, () => ({ place: 0, token: 0 })));
      return {
        feeds: {
          [placesName]: integerList(tokens.map(({ place }) => place)),
          [tokensName]: integerList(tokens.map(({ token }) => token)),
        },
        groups: tokens.length / (rivals * levels),
      };
    },
  };
}
