import { silentReporter } from '../shared/reporter.ts';
import { checkSettings } from './check-settings.ts';
import { readers } from './readers/readers.ts';
import type { DatasetSettings } from './settings.ts';
import { openStaging } from './source/staging.ts';

const rows = 200;

/** A file of which nearly no line at its head can be read is another one than meant. */
const mostBroken = 0.99;

/**
 * Opens the files of a log and reads their first lines: throws the UserError with which reading would end, for files that
 * are not there, of another kind, or without a column that is asked for.
 */
export async function checkDataFiles(settings: DatasetSettings): Promise<void> {
  checkSettings(settings);
  // One JSON document has no head that could be read by itself.
  if (settings.format === 'lc-rec') return;
  const staging = openStaging({
    workFolder: null,
    memoryLimit: settings.memory_limit,
    keepsRatings: settings.min_rating !== null,
  });
  try {
    const patient = { ...settings, max_broken_share: Math.max(mostBroken, settings.max_broken_share) };
    const reading = { settings: patient, staging, report: silentReporter, signal: undefined, rows };
    await readers[settings.format](reading);
  } finally {
    await staging.close();
  }
}
