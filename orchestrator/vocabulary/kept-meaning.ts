import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson } from '../storage/json-file.ts';

const codesSchema = z.object({
  codes: z.array(
    z.object({ token_ids: z.array(z.int()), items: z.array(z.object({ item_id: z.string() })) }),
  ),
});

/** The token ids of each item's code by its id, as `codes.json` of an export has them; null where there is none. */
export function readEarlierCodes(folder: string): Map<string, number[]> | null {
  const path = join(folder, 'codes.json');
  if (!isThere(path)) return null;
  const remedy = 'Export again: eager-llm export RUN --to hf.';
  const parsed = codesSchema.safeParse(readJson(path, remedy));
  if (!parsed.success)
    throw new UserError(
      'vocabulary/broken-codes',
      `is not the codes.json of an export: ${parsed.error.issues[0].message}`,
      {
        place: path,
        remedy,
      },
    );
  return new Map(
    parsed.data.codes.flatMap(({ token_ids, items }) =>
      items.map(({ item_id }): [string, number[]] => [item_id, token_ids]),
    ),
  );
}

export interface KeptMeaning {
  /** Texts of the tokens that mean what they meant. */
  kept: Set<string>;
  /** Items that have their earlier code, and items that are in both catalogues. */
  same: number;
  shared: number;
}

/**
 * Which tokens still mean what they meant in an earlier index: most items that carry one now, and were there before,
 * carried it then. A token that no such item carries goes with the majority of all.
 */
export function keptMeaning(
  /** [items] the texts of the tokens of each item's code */
  codes: readonly (readonly string[])[],
  itemIds: readonly string[],
  earlier: ReadonlyMap<string, readonly number[]>,
  /** What the ids of the earlier codes stood for. */
  known: ReadonlyMap<string, number>,
): KeptMeaning {
  const votes = new Map<string, number>();
  let [same, shared] = [0, 0];
  for (const [item, code] of codes.entries()) {
    const before = earlier.get(itemIds[item]);
    if (!before) continue;
    let agree = before.length === code.length;
    for (const [level, token] of code.entries()) {
      const stays = known.get(token) === before[level];
      agree &&= stays;
      votes.set(token, (votes.get(token) ?? 0) + (stays ? 1 : -1));
    }
    shared++;
    if (agree) same++;
  }
  const most = 2 * same > shared;
  return {
    kept: new Set([...known.keys()].filter((token) => (votes.has(token) ? votes.get(token)! > 0 : most))),
    same,
    shared,
  };
}
