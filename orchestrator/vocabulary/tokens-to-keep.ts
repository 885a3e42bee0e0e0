import type { ItemIndex } from '../item-index/types.ts';
import type { Reporter } from '../shared/reporter.ts';
import type { Extension } from './extension.ts';
import { keptMeaning, readEarlierCodes } from './kept-meaning.ts';
import { nameCodeTokens } from './token-names.ts';

export interface KeepGiven {
  extension: Extension;
  /** [items] */
  itemIds: readonly string[];
  /** Was the index made elsewhere, and given with the model? */
  given: boolean;
  report: Reporter;
}

/**
 * Which of the tokens that a base knows already go on with what it learned of them: those that stand for the items that
 * they stood for. For `extendTokenizer`.
 */
export function tokensToKeep(index: ItemIndex, { extension, itemIds, given, report }: KeepGiven) {
  return (known: ReadonlyMap<string, number>, base: string | null): ReadonlySet<string> => {
    const earlier = base && known.size > 0 ? readEarlierCodes(base) : null;
    // An index that was given with the model goes with it; one that was made here has nothing to do with its codes.
    if (!earlier) {
      if (known.size > 0)
        report({
          type: 'note',
          text: `the base knows ${known.size} of these tokens; ${given ? 'they are used as the tokens of the given index' : 'without a codes.json their items are unknown, so they start from scratch'}`,
        });
      return new Set(given ? known.keys() : []);
    }
    const names = nameCodeTokens(extension.item_codes.pattern, index.levelSizes);
    const codes = itemIds.map((_, item) =>
      names.map((level, at) => level[index.codes[item * index.levels + at]]),
    );
    const { kept, same, shared } = keptMeaning(codes, itemIds, earlier, known);
    report({
      type: same < shared ? 'warning' : 'note',
      text: `${same} of ${shared} items that the base knows have the code that it learned${same < shared ? '; tokens that now mean other items start from scratch (item_index.path keeps an index)' : ''}`,
    });
    return new Set([...kept, ...extension.control_tokens.map(({ token }) => token)]);
  };
}
