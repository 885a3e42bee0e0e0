import type { ExecutionContext } from 'ava';
import type { TensorView } from '../../orchestrator/engine/program.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import type { Value } from '../../orchestrator/engine/types.ts';
import type { SequenceModel } from '../../orchestrator/models/model.ts';

export interface Differences {
  /** Places in the store. */
  probes: readonly number[];
  step: number;
  /** How far a gradient may be from what is measured: so much, and .03 of it. */
  within: number;
}

/** Compares a model's gradients with what the loss does when single weights are moved; returns all gradients. */
export async function compareWithFiniteDifferences(
  t: ExecutionContext,
  model: SequenceModel,
  { loss, feeds }: { loss: Value; feeds: Record<string, TensorView> },
  { probes, step, within }: Differences,
): Promise<Float32Array> {
  const program = await compileTraining('step', loss, model.store, model.training);
  await program.accumulate(feeds, true);
  const exact = Float32Array.from(model.store.gradients);
  const { values } = model.store;
  for (const at of probes) {
    const held = values[at];
    values[at] = held + step;
    const above = await program.accumulate(feeds, true);
    values[at] = held - step;
    const below = await program.accumulate(feeds, true);
    values[at] = held;
    const measured = (above - below) / (2 * step);
    t.true(
      Math.abs(measured - exact[at]) < within + 0.03 * Math.abs(measured),
      `${at}: ${exact[at]}, ${measured}`,
    );
  }
  await program.dispose();
  return exact;
}
