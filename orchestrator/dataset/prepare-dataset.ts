import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { checkSettings } from './check-settings.ts';
import { collectDataset } from './collect-dataset.ts';
import { datasetFigures } from './dataset-figures.ts';
import { datasetNotices } from './dataset-notices.ts';
import { filterEvents } from './filter-events.ts';
import { readers } from './readers/readers.ts';
import { type DatasetSettings, hasNamedColumns } from './settings.ts';
import { openStaging } from './source/staging.ts';
import { spaceError } from './source/table-rows.ts';
import { takeBack } from './take-back.ts';
import { digitsInSeconds, timesInSeconds } from './time-units.ts';
import type { Dataset } from './types.ts';

export interface PreparationWork {
  /** Where DuckDB keeps what does not fit into memory; null = the system's temporary folder. */
  workFolder?: string | null;
  signal?: AbortSignal | undefined;
}

/**
 * Reads an interaction log and its item texts, filters, orders and splits them. What is read goes through DuckDB
 * on disk; only the result (12 bytes an event, and the texts of the items that are kept) has to fit into memory.
 * Throws a UserError for whatever is wrong with files or settings.
 */
export async function prepareDataset(
  settings: DatasetSettings,
  report: Reporter,
  { workFolder = null, signal }: PreparationWork = {},
): Promise<Dataset> {
  checkSettings(settings);
  signal?.throwIfAborted();
  const staging = await openStaging({ workFolder, memoryLimit: settings.memory_limit, signal });
  // Aborting ends a query that is under way; between two, it is asked for.
  const step = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    signal?.throwIfAborted();
    return result;
  };
  try {
    await step(readers[settings.format]({ settings, staging, report, signal }));
    staging.flush();
    const { connection } = staging;
    // Rows lie in the order of the log by now, and carry their places from here on: queries need not keep it.
    await connection.run('SET preserve_insertion_order = false');
    if (hasNamedColumns(settings.format)) {
      await step(digitsInSeconds(connection, report));
      await step(timesInSeconds(connection, report));
      await step(takeBack(connection, settings.path, report, signal));
    }
    await step(filterEvents(connection, settings, report, signal));
    const dataset = await step(collectDataset(connection, settings, report, signal));
    checkTargets(dataset, settings);
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

function checkTargets({ offsets, trainEnd, validationEnd }: Dataset, { path, split }: DatasetSettings): void {
  const some = trainEnd.some(
    (end, user) => validationEnd[user] > end && offsets[user + 1] > validationEnd[user],
  );
  if (some || split !== 'leave-one-out') return;
  throw new UserError('dataset/no-targets', 'no user has 3 interactions, so leave-one-out has no targets', {
    place: path,
    remedy: 'Give a longer log, or check that the users are in the right column.',
  });
}
