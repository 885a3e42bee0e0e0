import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { arrangeLog } from './arrange-log.ts';
import { checkSettings } from './check-settings.ts';
import { collectDataset } from './collect-dataset.ts';
import { datasetFigures } from './dataset-figures.ts';
import { datasetNotices } from './dataset-notices.ts';
import { filterEvents } from './filter-events.ts';
import { nameLog } from './name-log.ts';
import { readers } from './readers/readers.ts';
import { type DatasetSettings, hasNamedColumns } from './settings.ts';
import type { Events } from './source/event-log.ts';
import { openStaging, type Staging } from './source/staging.ts';
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
 * Reads an interaction log and its item texts, filters, orders and splits them. In memory are first 16 bytes for each
 * interaction of the log and its ids once, then the result (12 bytes an event, and the texts of the items that are kept);
 * both only while events are put in order.
 * Throws a UserError for whatever is wrong with files or settings.
 */
export async function prepareDataset(
  settings: DatasetSettings,
  report: Reporter,
  { workFolder = null, signal }: PreparationWork = {},
): Promise<Dataset> {
  checkSettings(settings);
  signal?.throwIfAborted();
  let staging: Staging | null = null;
  try {
    staging = openStaging({
      workFolder,
      memoryLimit: settings.memory_limit,
      keepsRatings: settings.min_rating !== null,
      signal,
    });
    await readers[settings.format]({ settings, staging, report, signal });
    staging.log.seal();
    const arranged = await arrangeLog(
      await filtered(staging, settings, report, signal),
      staging,
      settings,
      signal,
    );
    staging.log.release();
    const names = nameLog(arranged, staging, settings, report);
    staging.log.clear();
    const dataset = await collectDataset(arranged, names, staging.itemFile, settings, signal);
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
    await staging?.close();
  }
}

/** The interactions that the settings leave. */
async function filtered(
  { log, entries }: Staging,
  settings: DatasetSettings,
  report: Reporter,
  signal: AbortSignal | undefined,
): Promise<Events> {
  let events = log.events();
  if (hasNamedColumns(settings.format)) {
    digitsInSeconds(events.times, report);
    timesInSeconds(events.times, report);
    events = takeBack(events, report);
  }
  signal?.throwIfAborted();
  const described = new Uint8Array(log.items.size());
  for (const item of entries.items) described[item] = 1;
  return filterEvents(events, (item) => described[item] === 1, settings, report, signal);
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
