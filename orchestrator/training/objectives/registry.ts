import type { ParameterSpec } from '../../engine/optimisers/parameters.ts';
import type { TrainingPart } from '../settings.ts';
import { contrastKind } from './contrast.ts';
import { generation } from './eager/generation.ts';
import { eagerObjectives } from './eager/objectives.ts';
import { legalDigitsKind } from './legal-digits.ts';
import { dense } from './liger/dense.ts';
import { nextToken } from './next-token.ts';
import type { Objective, ObjectiveContext, ObjectiveKind } from './objective.ts';
import { preferenceKind } from './preference.ts';
import { rewardKind } from './reward.ts';
import type { ObjectiveSettings } from './settings.ts';

/** In the order in which their losses are added up. A new one is a file, a line here, and its settings in `settings.ts`. */
const objectiveKinds: readonly ObjectiveKind[] = [legalDigitsKind, contrastKind, preferenceKind, rewardKind];

export function trainedObjectives(
  part: TrainingPart,
  context: ObjectiveContext,
  kinds = objectiveKinds,
): Objective[] {
  const { trees, cold } = context;
  if (trees) return eagerObjectives({ ...context, trees, settings: part.eager });
  if (cold) return withNextToken([dense(cold)], part.loss_temperature);
  const others = kinds.flatMap((kind) => kind.prepare(part, context) ?? []);
  return withNextToken(others, part.loss_temperature);
}

export function heldOutObjectives(
  part: TrainingPart,
  context: ObjectiveContext,
  kinds = objectiveKinds,
): Objective[] {
  // What is learned beside the codes says nothing about how well they are generated.
  if (context.trees) return [generation(context.trees)];
  return withNextToken(kinds.flatMap((kind) => kind.heldOut(part, context) ?? []));
}

/** Sources of item vectors that a part needs. */
export function vectorSources(part: ObjectiveSettings, kinds = objectiveKinds): string[] {
  return [...new Set(kinds.flatMap((kind) => kind.sources?.(part) ?? []))];
}

/** What a part trains for its objectives beside the model. */
export function objectiveParameters(
  part: ObjectiveSettings,
  context: Parameters<NonNullable<ObjectiveKind['parameters']>>[1],
  kinds = objectiveKinds,
): ParameterSpec[] {
  return kinds.flatMap((kind) => kind.parameters?.(part, context) ?? []);
}

/** Every learned token that no other objective takes is learned over the whole vocabulary. */
export function withNextToken(others: readonly Objective[], temperature = 1): Objective[] {
  const takers = others.flatMap(({ takes }) => takes ?? []);
  const elsewhere: Objective['takes'] = (example) => {
    const taken = takers.map((takes) => takes(example));
    return { has: (at) => taken.some((places) => places.has(at)) };
  };
  return [
    takers.length > 0 ? nextToken(elsewhere, temperature) : nextToken(undefined, temperature),
    ...others,
  ];
}
