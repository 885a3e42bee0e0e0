import type { StreamTree } from '../../../item-index/stream-trees.ts';
import type { Matrix } from '../../../shared/matrix.ts';
import type { Objective } from '../objective.ts';
import { generation } from './generation.ts';
import { globalContrast } from './global-contrast.ts';
import { guidedTransfer } from './guided-transfer.ts';
import { type EagerLossSettings, eagerLossSettings } from './settings.ts';

/** The parts of EAGER's loss; those of weight 0 are left out. */
export function eagerObjectives({
  trees,
  vectors,
  settings = eagerLossSettings.parse({}),
  ...sizes
}: {
  trees: readonly StreamTree[];
  vectors: Record<string, Matrix> | null;
  settings?: EagerLossSettings | undefined;
  hiddenSize: number;
  seed: number;
}): Objective[] {
  const { contrast_weight: contrast, reconstruction_weight, recognition_weight } = settings;
  const objectives = [generation(trees)];
  if (vectors && contrast.behaviour + contrast.semantic > 0)
    objectives.push(globalContrast({ trees, vectors, settings, ...sizes }));
  if (reconstruction_weight + recognition_weight > 0)
    objectives.push(guidedTransfer({ trees, settings, ...sizes }));
  return objectives;
}
