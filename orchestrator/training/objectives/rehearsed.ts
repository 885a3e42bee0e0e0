import type { Example } from '../../shared/example.ts';
import type { Objective, SearchCodes } from './objective.ts';
import { promptBefore, takenIn } from './taken-items.ts';

/** What the model as it is would answer at the places of taken items. */
export interface Rehearsed {
  rehearse: NonNullable<Objective['rehearse']>;
  /** Of each taken item of a pass (`takenIn` with the same draws), the codes that are ranked first, best first. */
  of(examples: readonly Example[]): Int32Array[][];
}

/** Searches `most` codes for each taken item before an update: all its passes together, since a search has to be opened. */
export function rehearsed(search: SearchCodes, levels: number, most: number): Rehearsed {
  let found = new Map<readonly Example[], Int32Array[][]>();
  return {
    async rehearse(passes) {
      const prompts = passes.map(({ examples, random }) =>
        takenIn(examples, levels, random).map(({ row, start }) => promptBefore(examples[row], start)),
      );
      const lists = await search(prompts.flat(), most);
      found = new Map();
      let first = 0;
      for (const [pass, { examples }] of passes.entries()) {
        const end = first + prompts[pass].length;
        found.set(examples, lists.slice(first, end));
        first = end;
      }
    },
    of(examples) {
      const lists = found.get(examples);
      if (!lists) throw new Error('a pass has to be rehearsed before its rows are made');
      return lists;
    },
  };
}
