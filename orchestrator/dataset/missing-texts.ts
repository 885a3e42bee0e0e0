import { basename } from 'node:path';
import type { NumberedItems } from './number-items.ts';
import type { DatasetSettings } from './settings.ts';
import type { Staging } from './source/staging.ts';

/** In what ways ids of one item differ between two files; the first ones also within one. */
const disguises: [string, (id: string) => string][] = [
  ['without the ".0" behind them', (id) => id.replace(/[.,]0*$/, '')],
  ['in one form of Unicode (NFC)', (id) => id.normalize('NFC')],
  ['without invisible characters', (id) => id.replace(/\p{Cf}/gu, '')],
  ['without leading zeros', (id) => id.replace(/^0+/, '')],
  ['without quotation marks', (id) => id.replace(/^[="']+|[="']+$/g, '')],
  ['in lower case', (id) => id.toLowerCase()],
];
const withinOneLog = disguises.slice(0, 4);

/** An id that none of the forms within one log changes. */
const isPlain = (id: string): boolean => /^[1-9A-Za-z_-][\w-]*$/.test(id);

/**
 * Says that fewer than half of the items in the log have an entry among the texts, with an id of either side, and
 * what makes them fit where that is known. Null where most have one, or where there are no texts at all.
 */
export function missingTexts(
  itemIds: readonly string[],
  { entryOf, isInLog }: Pick<NumberedItems, 'entryOf' | 'isInLog'>,
  { entries, log }: Pick<Staging, 'entries' | 'log'>,
  { items_path }: Pick<DatasetSettings, 'items_path'>,
): string | null {
  const isLost = (number: number) => isInLog(number) && entryOf[number] < 0;
  let [items, found] = [0, 0];
  for (let number = 0; number < itemIds.length; number++) {
    if (!isInLog(number)) continue;
    items++;
    if (entryOf[number] >= 0) found++;
  }
  if (entries.items.length === 0 || found >= items / 2) return null;
  const lost = itemIds.filter((_, number) => isLost(number));
  const known = entries.items.map(log.items.textOf);
  let [there, here] = [known[0], lost[0]];
  let advice = '';
  for (const [words, formOf] of disguises) {
    const idOf = new Map<string, string>();
    for (const id of known) if (!idOf.has(formOf(id))) idOf.set(formOf(id), id);
    const fitting = lost.filter((id) => idOf.has(formOf(id)));
    if (fitting.length <= lost.length / 2) continue;
    [there, here] = [idOf.get(formOf(fitting[0]))!, fitting[0]];
    advice = `; ${words} ${fitting.length} more would fit`;
    break;
  }
  const file = items_path === null ? 'the item texts' : basename(items_path);
  const share = found === 0 ? `none of ${items}` : `only ${found} of ${items}`;
  return `${share} items in the log has a text in ${file}: ids there look like \`${shown(there)}\`, here like \`${shown(here)}\`${advice}`;
}

/** Says that users or items of the log stand there under two ids that are likely one, such as `2` and `2.0`; or null. */
export function idsInTwoForms(ids: Record<'users' | 'items', readonly string[]>): string | null {
  for (const what of ['users', 'items'] as const) {
    // Two ids can only have one form where one of them is in another.
    const unlike = ids[what].filter((id) => !isPlain(id));
    for (const [words, formOf] of withinOneLog) {
      const changed = unlike.filter((id) => formOf(id) !== id);
      if (changed.length === 0) continue;
      const forms = new Set(changed.map(formOf));
      const together = new Map<string, string[]>();
      for (const id of ids[what]) {
        const form = formOf(id);
        if (!forms.has(form)) continue;
        const group = together.get(form);
        if (group) group.push(id);
        else together.set(form, [id]);
      }
      const several = [...together.values()].filter((group) => group.length > 1);
      if (several.length === 0) continue;
      const [one, other] = several[0].map(shown);
      return `ids of ${what} in the log that may be one, such as \`${one}\` and \`${other}\` (${several.length} times): each is taken for another; ${words} they would be one`;
    }
  }
  return null;
}

/** Letters outside of ASCII by their code: two forms of one letter look the same. */
function shown(id: string): string {
  const text = id.replace(/[^\x20-\x7e]/gu, (char) =>
    /^[\p{M}\p{Cc}\p{Cf}]$/u.test(char) ? `\\u{${char.codePointAt(0)?.toString(16)}}` : char,
  );
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
