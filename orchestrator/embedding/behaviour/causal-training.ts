import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { ParameterStore } from '../../engine/optimisers/parameters.ts';
import type { CompileOptions, TensorView } from '../../engine/program.ts';
import { compileTraining } from '../../engine/training-program.ts';
import type { Shape, Value } from '../../engine/types.ts';
import type { Random } from '../../shared/random.ts';
import { drawMasks, dropped, fillTraining } from './causal-batches.ts';
import type { Drop } from './causal-graph.ts';
import { planBatches } from './plan-batches.ts';
import type { BehaviourTrainer, ModelOptions, TrainingWindow } from './types.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** How an encoder learns the next item at every place of a window. */
export interface NextItemLearning {
  name: string;
  /** Of each target, [N]. */
  losses(drop: Drop): Value;
  /** Fills what `losses` reads of the items of the targets, [N]. */
  fillTargets(workspace: Workspace, targets: Int32Array, random: Random): void;
  /** What every run of the graph is fed. */
  feeds: Record<string, TensorView>;
}

/** A trainer on windows of `events`; the graph reads the inputs of `causalStates` and `items` [B*T]. */
export async function trainNextItems(
  store: ParameterStore,
  { name, losses, fillTargets, feeds }: NextItemLearning,
  { events, windows }: { events: Int32Array; windows: readonly TrainingWindow[] },
  { dropout, batch_size }: Pick<ModelOptions, 'dropout' | 'batch_size'>,
  compileOptions: CompileOptions,
): Promise<BehaviourTrainer> {
  const masks: { name: string; shape: Shape }[] = [];
  const loss = f.mul(f.reduceMean(losses(dropped(dropout, masks)), [0]), input('weight', []));
  const program = await compileTraining(name, loss, store, compileOptions);
  const workspace = createWorkspace();
  // The last item of a window is a target only.
  const lengths = windows.map(({ length }) => length - 1);
  const targetsOf = (batch: Int32Array) => batch.reduce((sum, at) => sum + lengths[at], 0);
  const targetsPerBatch =
    targetsOf(Int32Array.from(lengths, (_, at) => at)) / Math.ceil(lengths.length / batch_size);
  return {
    planEpoch: (random) => planBatches(lengths, batch_size, random),
    targetsOf,
    async step(batch, random) {
      const targets = fillTraining(
        workspace,
        events,
        batch.map((at) => windows[at].start),
        batch.map((at) => lengths[at]),
      );
      drawMasks(workspace, masks, dropout, random);
      fillTargets(workspace, targets, random);
      // Batches are of like lengths, so a mean would make targets of short histories count more than others.
      const weight = targetsOf(batch) / targetsPerBatch;
      workspace.float32('weight', [])[0] = weight;
      return (await program.accumulate({ ...workspace.feeds, ...feeds }, true)) / weight;
    },
    dispose: program.dispose,
  };
}
