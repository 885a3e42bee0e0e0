import { basename } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatasetSettings } from './settings.ts';

/** In what ways ids of one item differ between two files, as SQL over `id`; the first ones also within one. */
const disguises: [string, string][] = [
  ['without the ".0" behind them', `regexp_replace(id, '[.,]0*$', '')`],
  ['in one form of Unicode (NFC)', 'nfc_normalize(id)'],
  ['without invisible characters', `regexp_replace(id, '\\p{Cf}', '', 'g')`],
  ['without leading zeros', `ltrim(id, '0')`],
  ['without quotation marks', `trim(id, '="''')`],
  ['in lower case', 'lower(id)'],
];
const withinOneLog = 4;

/**
 * Says that fewer than half of the items in the log have an entry among the texts, with an id of either side, and
 * what makes them fit where that is known. Null where most have one, or where there are no texts at all.
 */
export async function missingTexts(
  connection: DuckDBConnection,
  { items_path }: DatasetSettings,
): Promise<string | null> {
  const ask = async (query: string) => (await connection.runAndReadAll(query)).getRows()[0];
  const [items, found, texts] = (
    await ask(
      `SELECT count(*)::DOUBLE, count(text_at)::DOUBLE, (SELECT count(*) FROM raw_items)::DOUBLE FROM numbered_items WHERE seen_at IS NOT NULL`,
    )
  ).map(Number);
  if (texts === 0 || found >= items / 2) return null;
  const lost = `(SELECT item_id AS id, number FROM numbered_items WHERE text_at IS NULL)`;
  const known = `(SELECT item_id AS id, position FROM raw_items)`;
  let [there, here] = await ask(
    `SELECT (SELECT id FROM ${known} ORDER BY position LIMIT 1), (SELECT id FROM ${lost} ORDER BY number LIMIT 1)`,
  );
  let advice = '';
  for (const [words, form] of disguises) {
    const [count, one, other] = await ask(
      `SELECT count(DISTINCT mine.id)::DOUBLE, first(yours.id ORDER BY number, position), first(mine.id ORDER BY number, position)
         FROM (SELECT *, ${form} AS form FROM ${lost}) mine JOIN (SELECT *, ${form} AS form FROM ${known}) yours USING (form)`,
    );
    if (Number(count) <= (items - found) / 2) continue;
    [there, here] = [one, other];
    advice = `; ${words} ${count} more would fit`;
    break;
  }
  const file = items_path === null ? 'the item texts' : basename(items_path);
  const share = found === 0 ? `none of ${items}` : `only ${found} of ${items}`;
  return `${share} items in the log has a text in ${file}: ids there look like \`${shown(there)}\`, here like \`${shown(here)}\`${advice}`;
}

/** Says that users or items of the log stand there under two ids that are likely one, such as `2` and `2.0`; or null. */
export async function idsInTwoForms(connection: DuckDBConnection): Promise<string | null> {
  for (const [table, what] of [
    ['numbered_users', 'users'],
    ['numbered_items', 'items'],
  ]) {
    const id = table === 'numbered_users' ? 'user_id' : 'item_id';
    // Two ids can only have one form where one of them is in another.
    const others = disguises.slice(0, withinOneLog).map(([, form]) => `count(*) FILTER (${form} <> id) > 0`);
    const [has] = (
      await connection.runAndReadAll(`SELECT ${others.join(', ')} FROM (SELECT ${id} AS id FROM ${table})`)
    ).getRows();
    for (const [words, form] of disguises.slice(0, withinOneLog).filter((_, at) => has[at])) {
      const found = await connection.runAndReadAll(
        `SELECT count(*)::DOUBLE, first(ids ORDER BY number) FROM (
           SELECT list(id ORDER BY number)[1:2] AS ids, min(number) AS number
             FROM (SELECT ${id} AS id, number FROM ${table}) GROUP BY ${form} HAVING count(*) > 1)`,
      );
      const [count, ids] = found.getRowsJson()[0];
      if (Number(count) === 0) continue;
      const [one, other] = (ids as string[]).map(shown);
      return `ids of ${what} in the log that may be one, such as \`${one}\` and \`${other}\` (${count} times): each is taken for another; ${words} they would be one`;
    }
  }
  return null;
}

/** Letters outside of ASCII by their code: two forms of one letter look the same. */
function shown(id: unknown): string {
  const text = String(id).replace(/[^\x20-\x7e]/gu, (char) =>
    /^[\p{M}\p{Cc}\p{Cf}]$/u.test(char) ? `\\u{${char.codePointAt(0)?.toString(16)}}` : char,
  );
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
