import { loadBehaviourEncoder } from '../../embedding/behaviour/behaviour-files.ts';
import { loadBehaviourEnsemble } from '../../embedding/behaviour/ensemble.ts';
import type { Baseline } from './baseline.ts';
import { encoderRow, rankEncoder } from './rank-encoder.ts';

/** The recipe's own encoder of behaviour; of an ensemble, its first one and all of them. */
export const behaviour: Baseline = {
  async *rank({ cases, behaviour: settings, behaviourFolders: folders, options }) {
    if (folders.length === 0) {
      options.report?.({
        type: 'note',
        text: 'no row of behaviour: its vectors were given, without an encoder',
      });
      return;
    }
    const name = encoderRow(settings);
    yield await rankEncoder(name, await loadBehaviourEncoder(folders[0]), cases, options);
    if (folders.length > 1)
      yield await rankEncoder(
        `${name} x${folders.length}`,
        await loadBehaviourEnsemble(folders),
        cases,
        options,
      );
  },
};
