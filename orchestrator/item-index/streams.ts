import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { sourceNames } from './settings.ts';
import { buildTrie, type CodeTrie } from './trie.ts';
import type { ItemIndex } from './types.ts';

/** One of the codes that an item has: its place in the whole code, and the tree of these codes alone. */
export interface CodeStream {
  name: string;
  /** Levels [firstLevel, firstLevel + levels) of the whole code. */
  firstLevel: number;
  levels: number;
}

/** The streams of an index; one, of all levels, where items have one code each. */
export function streamsOf({ levels, streams }: Pick<ItemIndex, 'levels' | 'streams'>): CodeStream[] {
  if (!streams) return [{ name: 'code', firstLevel: 0, levels }];
  let firstLevel = 0;
  return streams.map((stream) => {
    const own = { ...stream, firstLevel };
    firstLevel += stream.levels;
    return own;
  });
}

export function trieOf(index: ItemIndex, { firstLevel, levels }: CodeStream): CodeTrie {
  if (levels === index.levels) return buildTrie(index);
  const items = index.codes.length / index.levels;
  const codes = Int32Array.from(
    { length: items * levels },
    (_, at) => index.codes[Math.floor(at / levels) * index.levels + firstLevel + (at % levels)],
  );
  return buildTrie({ levels, levelSizes: index.levelSizes.slice(firstLevel, firstLevel + levels), codes });
}

const fileName = 'streams.json';
const fileSchema = z.strictObject({
  streams: z.array(z.strictObject({ name: z.enum(sourceNames), levels: z.int().positive() })).min(2),
});

/** Beside `index.json`, which has the whole codes: where one stream ends and the next begins. */
export function writeStreams(folder: string, { streams }: ItemIndex): void {
  if (streams) writeJson(join(folder, fileName), { streams });
}

/** Undefined where items have one code each. Throws a UserError for a file that does not fit the codes. */
export function readStreams(folder: string, levels: number): ItemIndex['streams'] {
  const place = join(folder, fileName);
  if (!isThere(place)) return undefined;
  const remedy = 'Run again with --from item-index.';
  const parsed = fileSchema.safeParse(readJson(place, remedy));
  const sum = parsed.data?.streams.reduce((all, stream) => all + stream.levels, 0);
  if (parsed.success && sum === levels) return parsed.data.streams;
  throw new UserError(
    'item-index/broken-streams',
    parsed.success
      ? `its streams have ${sum} levels, the codes beside it ${levels}`
      : 'does not have the form {"streams": [{"name": "semantic", "levels": 2}, …]}',
    { place, remedy },
  );
}
