import { loadBehaviourEncoder } from '../embedding/behaviour/behaviour-files.ts';
import { buildTrie } from '../item-index/trie.ts';
import { prepareTeacher, type Teacher } from '../training/teacher.ts';
import type { TrainPartOptions } from './train-part.ts';

/** The forecasts of the run's behaviour encoder, for training to learn from. */
export async function openTeacher({
  artefacts: { dataset, index, vocabulary },
  behaviourFolder,
  report,
  signal,
}: TrainPartOptions): Promise<Teacher> {
  const encoder = await loadBehaviourEncoder(behaviourFolder);
  try {
    return await prepareTeacher({
      dataset,
      trie: buildTrie(index),
      codeTokenIds: index.levelSizes.map((size, level) => vocabulary.codeTokenIds[level].slice(0, size)),
      score: encoder.score,
      report,
      signal,
    });
  } finally {
    await encoder.dispose();
  }
}
