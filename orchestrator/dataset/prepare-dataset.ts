import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { collectDataset } from './collect-dataset.ts';
import { datasetFigures } from './dataset-figures.ts';
import { datasetNotices } from './dataset-notices.ts';
import { filterEvents } from './filter-events.ts';
import {
  type DatasetOptions,
  datasetDefaults,
  datasetFormats,
  type ResolvedDatasetOptions,
} from './options.ts';
import { readers } from './readers/readers.ts';
import { openStaging } from './source/staging.ts';
import { spaceError } from './source/table-rows.ts';
import type { Dataset } from './types.ts';

/**
 * Reads an interaction log and its item texts, filters, orders and splits them. What is read goes through DuckDB
 * on disk; only the result (4 bytes an event, and the texts of the items that are kept) has to fit into memory.
 * Throws a UserError for whatever is wrong with files or settings.
 */
export async function prepareDataset(
  options: DatasetOptions,
  report: Reporter,
  signal?: AbortSignal,
): Promise<Dataset> {
  const resolved = resolveOptions(options);
  signal?.throwIfAborted();
  const staging = await openStaging({ ...resolved, signal });
  // Aborting ends a query that is under way; between two, it is asked for.
  const step = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    signal?.throwIfAborted();
    return result;
  };
  try {
    await step(readers[resolved.format]({ options: resolved, staging, report, signal }));
    staging.flush();
    const { connection } = staging;
    // Every row carries its position by now, so DuckDB need not keep the order of insertion in memory.
    await connection.run('SET preserve_insertion_order = false');
    await step(filterEvents(connection, resolved, report, signal));
    const dataset = await step(collectDataset(connection, resolved, report, signal));
    checkTargets(dataset, resolved);
    const figures = datasetFigures(dataset);
    report({ type: 'figures', figures });
    const notices = datasetNotices(dataset, figures);
    for (const notice of notices) report(notice);
    return { ...dataset, notices: notices.map(({ text }) => text) };
  } catch (error) {
    signal?.throwIfAborted();
    throw spaceError(error) ?? error;
  } finally {
    staging.close();
  }
}

function resolveOptions(options: DatasetOptions): ResolvedDatasetOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const resolved = { ...datasetDefaults, ...given } as ResolvedDatasetOptions;
  const problems: string[] = [];
  const expect = (holds: boolean, text: string) => {
    if (!holds) problems.push(text);
  };
  const { format, kCore, historyLimit, maxBrokenShare, splitFractions, minRating, split } = resolved;
  expect(datasetFormats.includes(format), `format is one of ${datasetFormats.join(', ')}, got "${format}"`);
  expect(Number.isInteger(kCore) && kCore >= 0, `k_core is a whole number from 0, got ${kCore}`);
  expect(
    Number.isInteger(historyLimit) && historyLimit >= 1,
    `history_limit is a whole number from 1, got ${historyLimit}`,
  );
  expect(
    maxBrokenShare >= 0 && maxBrokenShare <= 1,
    `max_broken_share is from 0 to 1, got ${maxBrokenShare}`,
  );
  const [train, validation] = splitFractions;
  expect(
    train > 0 && validation > 0 && train + validation < 1,
    `split_fractions are two shares above 0 with a sum below 1, got ${splitFractions.join(', ')}`,
  );
  const ordered = format === 'sequences' || format === 'lc-rec';
  expect(!ordered || minRating === null, `min_rating needs ratings, and format: ${format} has none`);
  expect(!ordered || split !== 'time', `split: time needs timestamps, and format: ${format} has none`);
  const named = format === 'table' || format === 'recbole';
  for (const [key, setting, default_] of [
    ['columns', resolved.columns, datasetDefaults.columns],
    ['item_columns', resolved.itemColumns, datasetDefaults.itemColumns],
  ] as const)
    expect(
      named || isDeepStrictEqual(setting, default_),
      `${key} counts for format: table and recbole alone, and format: ${format} knows its columns`,
    );
  expect(
    format === 'table' || resolved.separator === null,
    `separator counts for format: table alone, got format: ${format}`,
  );
  const counted = [...Object.values(resolved.columns), ...Object.values(resolved.itemColumns)];
  expect(
    format !== 'recbole' || !counted.some((column) => typeof column === 'number'),
    'columns are named with format: recbole, whose files have headers; got a number',
  );
  if (problems.length === 0) return resolved;
  throw new UserError('dataset/options', problems.join('; '), {
    place: 'dataset',
    remedy: 'Correct the dataset section of the recipe.',
  });
}

function checkTargets(
  { offsets, trainEnd, validationEnd }: Dataset,
  { path, split }: ResolvedDatasetOptions,
): void {
  const some = trainEnd.some(
    (end, user) => validationEnd[user] > end && offsets[user + 1] > validationEnd[user],
  );
  if (some || split === 'time') return;
  throw new UserError('dataset/no-targets', 'no user has 3 interactions, so leave-one-out has no targets', {
    place: path,
    remedy: 'Give a longer log, or check that the users are in the right column.',
  });
}
