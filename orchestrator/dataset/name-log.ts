import type { Reporter } from '../shared/reporter.ts';
import type { ArrangedLog } from './arrange-log.ts';
import { countsOf } from './k-core.ts';
import { idsInTwoForms, missingTexts } from './missing-texts.ts';
import type { NumberedItems } from './number-items.ts';
import type { DatasetSettings } from './settings.ts';
import type { Staging } from './source/staging.ts';

/** Ids in the order of their numbers. */
export interface LogNames {
  /** [users] */
  userIds: string[];
  /** [items] */
  itemIds: string[];
}

/** Names users and items, and says what is strange about their ids, their texts and the times. */
export function nameLog(
  { users, items, mixedTimes }: Pick<ArrangedLog, 'users' | 'items' | 'mixedTimes'>,
  staging: Staging,
  settings: DatasetSettings,
  report: Reporter,
): LogNames {
  const { log } = staging;
  const userIds = Array.from(users.keys, log.users.textOf);
  const itemIds = Array.from(items.keys, log.items.textOf);
  if (settings.catalogue === 'all') sayCatalogue(items, staging, report);
  warnOfRepeatedItems(staging, report);
  for (const text of [
    missingTexts(itemIds, items, staging, settings),
    idsInTwoForms({ users: userIds, items: itemIds }),
    mixedTimes,
  ])
    if (text !== null) report({ type: 'warning', text });
  return { userIds, itemIds };
}

function sayCatalogue(
  { keys, itemOf, isInLog }: NumberedItems,
  { entries }: Staging,
  report: Reporter,
): void {
  const added = keys.filter((_, number) => !isInLog(number)).length;
  const hidden = entries.items.filter((item, at) => !entries.offered[at] && itemOf[item] < 0).length;
  const text = `catalogue: all keeps ${added} items without an interaction${hidden > 0 ? `; ${hidden} more are not for sale and left out` : ''}`;
  report({ type: 'note', text });
}

function warnOfRepeatedItems({ entries, log }: Staging, report: Reporter): void {
  const counts = countsOf(Int32Array.from(entries.items));
  const repeated = counts.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0);
  if (repeated === 0) return;
  const example = log.items.textOf(entries.items.find((item) => counts[item] > 1)!);
  report({
    type: 'warning',
    text: `${repeated} items (such as ${example}) have several entries in the metadata; the first of each is used`,
  });
}
