import type { Exclusion, Intent } from '../../understanding/intent.ts';

/** Something that was ruled out, and that no item says of itself in this word. */
export interface Untold {
  excluded: Exclusion;
  /** Sorts of it that items do say, and that are left out: "hazelnut" of nuts. */
  sorts: string[];
}

/** What is ruled out by words of which no item says whether it holds it; `mentions` tells whether an item says or denies one. */
export function untoldIn({ without }: Intent, mentions: (word: string) => boolean): Untold[] {
  return without
    .filter(({ words, assumed }) => !assumed && words.length > 0 && !mentions(words[0]))
    .map((excluded) => ({ excluded, sorts: excluded.words.slice(1).filter(mentions) }));
}

/** Where the data are silent, nothing is known to be without it: whoever must not have it is told so. */
export function sayUntold(untold: readonly Untold[], listed: (texts: readonly string[]) => string): string[] {
  const silent = untold.filter(({ sorts }) => sorts.length === 0).map(({ excluded }) => excluded.text);
  return [
    ...(silent.length > 0
      ? [`No item says anything of ${listed(silent)}, so the data cannot tell: please read the package.`]
      : []),
    ...untold
      .filter(({ sorts }) => sorts.length > 0)
      .map(
        ({ excluded, sorts }) =>
          `What says ${listed(sorts)} is left out; of ${listed([excluded.text])} the data say nothing else: please read the package.`,
      ),
  ];
}
