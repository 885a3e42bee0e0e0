import { wordsOf } from '../../embedding/semantic/words.ts';
import type { Exclusion, Intent } from '../../understanding/intent.ts';

/** Something that was ruled out, and of which no item says whether it holds it. */
export interface Untold {
  excluded: Exclusion;
  /** Sorts of it that items do say, and that are left out: "hazelnut" of nuts. */
  sorts: string[];
  /** It was ruled out by the latest text. */
  isNew: boolean;
}

type Listed = (texts: readonly string[]) => string;

/** What is ruled out by words that no item says; `mentions` tells whether one says or denies a word. */
export function untoldIn({ without }: Intent, text: string, mentions: (word: string) => boolean): Untold[] {
  const said = new Set(wordsOf(text));
  return without.flatMap((excluded) => {
    const { words, assumed } = excluded;
    const isSort = (word: string) => word !== words[0] && word.endsWith(words[0]);
    if (assumed || words.length === 0 || words.some((word) => !isSort(word) && mentions(word))) return [];
    const isNew = wordsOf(excluded.text).some((word) => said.has(word));
    return [{ excluded, sorts: words.filter(isSort), isNew }];
  });
}

/** Where the data are silent, nothing is known to be without it: whoever rules it out is told so. */
export function sayUntold(untold: readonly Untold[], listed: Listed): string[] {
  const latest = untold.filter(({ isNew }) => isNew);
  const silent = latest.filter(({ sorts }) => sorts.length === 0).map(({ excluded }) => excluded.text);
  return [
    ...(silent.length > 0
      ? [`No item says anything of ${listed(silent)}, so the data cannot tell: please read the package.`]
      : []),
    ...latest
      .filter(({ sorts }) => sorts.length > 0)
      .map(
        ({ excluded, sorts }) =>
          `What says ${listed(sorts)} is left out; of ${listed([excluded.text])} the data say nothing else: please read the package.`,
      ),
  ];
}

/** The same of what was ruled out before, in few words: the list is not said to be without it. */
export function stillUntold(untold: readonly Untold[], listed: Listed): string[] {
  const before = untold.filter(({ isNew }) => !isNew).map(({ excluded }) => excluded.text);
  return before.length > 0 ? [`nothing is said of ${listed(before)}`] : [];
}
