import { loadBehaviourEnsemble } from '../embedding/behaviour/ensemble.ts';
import { buildTrie } from '../item-index/trie.ts';
import type { Reporter } from '../shared/reporter.ts';
import { prepareTeacher, type Teacher } from '../training/teacher.ts';
import type { PromptArtefacts } from './artefacts.ts';

export interface TeacherSource {
  artefacts: PromptArtefacts;
  /** Folders of the trained behaviour encoders. */
  behaviourFolders: readonly string[];
  report: Reporter;
  signal: AbortSignal;
}

/** The forecasts of the run's behaviour encoders together, for the parts of training to learn from; made once, when first asked for. */
export function teacherOf(source: TeacherSource): () => Promise<Teacher> {
  let teacher: Promise<Teacher> | undefined;
  return () => {
    teacher ??= openTeacher(source);
    return teacher;
  };
}

async function openTeacher({
  artefacts: { dataset, index, vocabulary },
  behaviourFolders,
  report,
  signal,
}: TeacherSource): Promise<Teacher> {
  const ensemble = await loadBehaviourEnsemble(behaviourFolders);
  try {
    return await prepareTeacher({
      dataset,
      trie: buildTrie(index),
      codeTokenIds: index.levelSizes.map((size, level) => vocabulary.codeTokenIds[level].slice(0, size)),
      score: ensemble.score,
      report,
      signal,
    });
  } finally {
    await ensemble.dispose();
  }
}
