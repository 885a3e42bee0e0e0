import { loadBehaviourEncoder } from '../embedding/behaviour/behaviour-files.ts';
import { buildTrie } from '../item-index/trie.ts';
import type { Reporter } from '../shared/reporter.ts';
import { prepareTeacher, type Teacher } from '../training/teacher.ts';
import type { PromptArtefacts } from './artefacts.ts';

export interface TeacherSource {
  artefacts: PromptArtefacts;
  /** The folder of the trained behaviour encoder. */
  behaviourFolder: string;
  report: Reporter;
  signal: AbortSignal;
}

/** The forecasts of the run's behaviour encoder, for the parts of training to learn from; made once, when first asked for. */
export function teacherOf(source: TeacherSource): () => Promise<Teacher> {
  let teacher: Promise<Teacher> | undefined;
  return () => {
    teacher ??= openTeacher(source);
    return teacher;
  };
}

async function openTeacher({
  artefacts: { dataset, index, vocabulary },
  behaviourFolder,
  report,
  signal,
}: TeacherSource): Promise<Teacher> {
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
