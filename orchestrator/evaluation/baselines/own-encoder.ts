import { join } from 'node:path';
import { loadBehaviourEncoder } from '../../embedding/behaviour/behaviour-files.ts';
import type { BehaviourEncoderName } from '../../embedding/behaviour/settings.ts';
import { trainBehaviourEnsemble } from '../../embedding/behaviour/train-ensemble.ts';
import type { Baseline } from './baseline.ts';
import { encoderRow, rankEncoder } from './rank-encoder.ts';

/**
 * An encoder by its name, whichever the recipe has: where it is the recipe's own, that one; otherwise it is trained here,
 * with the recipe's settings of the other, and those of its own (evaluation.other_encoder). Where its vectors were given,
 * there is no encoder to take.
 */
export function encoderBaseline(encoder: BehaviourEncoderName): Baseline {
  return {
    async *rank({
      cases,
      dataset,
      settings,
      behaviour,
      behaviourFolders,
      seed,
      semantic,
      workFolder,
      options,
    }) {
      const own = { ...behaviour, encoder };
      let [folder] = behaviourFolders;
      if (!folder || behaviour.encoder !== encoder) {
        folder = join(workFolder, encoder);
        const given = {
          seed,
          semantic: semantic(),
          folders: [folder],
          statesFolder: join(workFolder, `${encoder}-state`),
        };
        await trainBehaviourEnsemble(
          { ...own, ...settings.other_encoder },
          dataset,
          given,
          options.report ?? (() => {}),
          options.signal,
        );
      }
      yield await rankEncoder(encoderRow(own), await loadBehaviourEncoder(folder), cases, options);
    },
  };
}
