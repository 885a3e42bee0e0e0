import type { Recipe } from '../recipe/schema.ts';
import type { Stage } from './define-stage.ts';

/** The stages that runs of a recipe have, each with those of its inputs that are among them. */
export function planStages(stages: readonly Stage[], recipe: Recipe): Stage[] {
  const isPart = (stage: Stage) => stage.partOf?.(recipe) ?? true;
  const others = new Set(stages.filter((stage) => !isPart(stage)).map(({ name }) => name));
  return stages
    .filter(isPart)
    .map((stage) => ({ ...stage, inputs: stage.inputs.filter((input) => !others.has(input)) }));
}
