import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '../../dataset/types.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { createRandom } from '../../shared/random.ts';
import type { Figures, Reporter } from '../../shared/reporter.ts';
import { isSaved, readBehaviourConfig, saveBehaviourEncoder } from './behaviour-files.ts';
import type { BehaviourSettings } from './settings.ts';
import { trainBehaviourEncoder } from './train-behaviour-encoder.ts';

export interface EnsembleGiven {
  seed: number;
  /** Vectors of the items by their texts, [items x any]. */
  semantic: Matrix;
  /** One a member; the first holds the embedding. */
  folders: readonly string[];
  /** For unfinished trainings, so that a killed run goes on; removed at the end. */
  statesFolder: string;
}

/**
 * Trains as many encoders as there are folders, each from a seed of its own, and saves them; members that an attempt
 * before this one ended are left as they are. Returns what a list of runs shows of the first.
 */
export async function trainBehaviourEnsemble(
  settings: BehaviourSettings,
  dataset: Dataset,
  given: EnsembleGiven,
  report: Reporter,
  signal?: AbortSignal,
): Promise<Figures> {
  const { folders, statesFolder } = given;
  for (const member of folders.keys())
    if (!isSaved(folders[member])) await trainMember(member, settings, dataset, given, report, signal);
  rmSync(statesFolder, { recursive: true, force: true });
  const { validation } = readBehaviourConfig(folders[0]);
  return {
    'behaviour encoder': folders.length > 1 ? `${settings.encoder} x${folders.length}` : settings.encoder,
    ...(validation ? { epoch: validation.epoch, 'validation recall@10': validation.recallAt10 } : {}),
  };
}

async function trainMember(
  member: number,
  settings: BehaviourSettings,
  dataset: Dataset,
  { seed, semantic, folders, statesFolder }: EnsembleGiven,
  report: Reporter,
  signal: AbortSignal | undefined,
): Promise<void> {
  const encoder = await trainBehaviourEncoder(
    {
      ...settings,
      semantic,
      seed: member === 0 ? seed : createRandom(seed, 'ensemble', member).integer(2 ** 31),
      checkpointFolder: join(statesFolder, String(member + 1)),
    },
    dataset,
    (message) =>
      report(
        message.type === 'progress' && folders.length > 1
          ? { ...message, label: `${message.label} ${member + 1} of ${folders.length}` }
          : message,
      ),
    signal,
  );
  saveBehaviourEncoder(folders[member], encoder);
  await encoder.dispose();
}
