import { join } from 'node:path';
import { loadBehaviourEnsemble } from '../embedding/behaviour/ensemble.ts';
import { buildTrie, type CodeTrie } from '../item-index/trie.ts';
import type { Reporter } from '../shared/reporter.ts';
import { openFloat16File } from '../storage/float16-file.ts';
import { openSafetensors } from '../storage/safetensors.ts';
import { type CodeDigits, codeDigits } from '../training/code-digits.ts';
import { forecastShares, shareTable, type Teacher, teacherFrom } from '../training/teacher.ts';
import type { PromptArtefacts } from './artefacts.ts';
import { forecastsFile } from './stage-files.ts';

/** All codes of the run as a tree, and the digits of the items of its training events. */
export function codesOfRun({ dataset, index, vocabulary }: PromptArtefacts): {
  trie: CodeTrie;
  digits: CodeDigits;
} {
  const trie = buildTrie(index);
  const codeTokenIds = index.levelSizes.map((size, level) => vocabulary.codeTokenIds[level].slice(0, size));
  return { trie, digits: codeDigits(dataset, trie, codeTokenIds) };
}

export function digitsOfEvents(artefacts: PromptArtefacts): CodeDigits {
  return codesOfRun(artefacts).digits;
}

/** Writes what the run's behaviour encoders, together, forecast at each training event. */
export async function writeForecasts({
  artefacts,
  behaviourFolders,
  folder,
  report,
  signal,
}: {
  artefacts: PromptArtefacts;
  /** Folders of the trained behaviour encoders. */
  behaviourFolders: readonly string[];
  folder: string;
  report: Reporter;
  signal: AbortSignal;
}): Promise<void> {
  const ensemble = await loadBehaviourEnsemble(behaviourFolders);
  const { dataset } = artefacts;
  const codes = codesOfRun(artefacts);
  const table = shareTable(dataset, codes.digits);
  const file = openFloat16File(join(folder, forecastsFile), 'shares', table.total);
  try {
    const { score } = ensemble;
    await forecastShares({ dataset, ...codes, table, score, write: file.write, report, signal });
    file.finish();
  } catch (error) {
    file.discard();
    throw error;
  } finally {
    await ensemble.dispose();
  }
}

/** The forecasts in the folder of the prompts stage, to learn from; they are read as training needs them. */
export function openTeacher(
  folder: string,
  { dataset }: PromptArtefacts,
  digits: CodeDigits,
): { teacher: Teacher; close: () => void } {
  const file = openSafetensors(join(folder, forecastsFile));
  try {
    const source = {
      length: file.entries.get('shares')?.shape[0] ?? 0,
      read: (first: number, count: number) => file.readFloat16Bits('shares', first, count),
    };
    return { teacher: teacherFrom(source, dataset, digits), close: file.close };
  } catch (error) {
    file.close();
    throw error;
  }
}
