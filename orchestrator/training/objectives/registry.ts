import type { Matrix } from '../../shared/matrix.ts';
import type { CodeDigits } from '../code-digits.ts';
import type { TrainingPart } from '../settings.ts';
import type { Teacher } from '../teacher.ts';
import { contrastKind } from './contrast.ts';
import { legalDigitsKind } from './legal-digits.ts';
import { nextToken } from './next-token.ts';
import type { Objective } from './objective.ts';

/** What objectives are made from. */
export interface ObjectiveContext {
  digits: CodeDigits;
  /** Forecasts to learn from, for parts with distillation. */
  teacher: Teacher | null;
  /** [items, width] by source, for parts with contrast. */
  vectors: Record<string, Matrix> | null;
  hiddenSize: number;
  seed: number;
}

/** A kind of objective beside the next token. */
export interface ObjectiveKind {
  /** Null where a part does not ask for it. */
  prepare(part: TrainingPart, context: ObjectiveContext): Objective | null;
  /** The same for the loss on held-out rows, which is told for each task; null where it says nothing of tokens. */
  heldOut(part: TrainingPart, context: ObjectiveContext): Objective | null;
}

/** In the order in which their losses are added up. A new one is a file, a line here, and its settings in `settings.ts`. */
export const objectiveKinds: readonly ObjectiveKind[] = [legalDigitsKind, contrastKind];

export function trainedObjectives(
  part: TrainingPart,
  context: ObjectiveContext,
  kinds = objectiveKinds,
): Objective[] {
  return withNextToken(kinds.flatMap((kind) => kind.prepare(part, context) ?? []));
}

export function heldOutObjectives(
  part: TrainingPart,
  context: ObjectiveContext,
  kinds = objectiveKinds,
): Objective[] {
  return withNextToken(kinds.flatMap((kind) => kind.heldOut(part, context) ?? []));
}

/** Every learned token that no other objective takes is learned among the whole vocabulary. */
export function withNextToken(others: readonly Objective[]): Objective[] {
  const takers = others.flatMap(({ takes }) => takes ?? []);
  const elsewhere: Objective['takes'] = (example) => {
    const taken = takers.map((takes) => takes(example));
    return { has: (at) => taken.some((places) => places.has(at)) };
  };
  return [takers.length > 0 ? nextToken(elsewhere) : nextToken(), ...others];
}
