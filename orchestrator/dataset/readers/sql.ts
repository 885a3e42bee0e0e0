import { basename, join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { withoutPassword } from '../../shared/without-password.ts';
import { isThere } from '../../storage/is-there.ts';
import { snapshotFiles } from '../database/snapshot-files.ts';
import { takeSnapshot } from '../database/take-snapshot.ts';
import type { Reader, Reading } from './reader.ts';
import { readTable } from './table.ts';

/**
 * The tables of a database: out of the snapshot that the settings name, or read now. What is wrong with a row is said of
 * the database, not of the file.
 */
export const readSql: Reader = async (reading) => {
  const { settings, staging, report, signal, rows } = reading;
  const snapshot =
    settings.snapshot ??
    (await takeSnapshot(settings, join(staging.folder, 'source'), { report, signal, rows }));
  const [events, items] = [snapshotFiles.events, snapshotFiles.items].map((name) => join(snapshot, name));
  if (!isThere(join(snapshot, snapshotFiles.header))) throw gone(snapshot);
  const named = (text: string) =>
    [events, items].reduce(
      (said, file, at) =>
        said.replaceAll(file, placeOf(settings.path, at)).replaceAll(basename(file), word(at)),
      text,
    );
  const table: Reading = {
    ...reading,
    settings: {
      ...settings,
      format: 'table',
      path: events,
      items_path: isThere(items) ? items : null,
      separator: null,
    },
    report: (message) =>
      report('text' in message ? { ...message, text: named(message.text) } : renamed(message, named)),
  };
  try {
    await readTable(table);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, place, remedy, cause } = error;
    const message = named(error.message);
    throw new UserError(code, message, { place: place && named(place), remedy, cause });
  }
};

function renamed<T extends Parameters<Reading['report']>[0]>(message: T, named: (text: string) => string): T {
  return 'label' in message ? { ...message, label: named(message.label) } : message;
}

function word(at: number): string {
  return at === 0 ? 'events' : 'items';
}

/** As in `events of postgres://shop@host/shop:17`: the rows in the order of the snapshot. */
function placeOf(address: string, at: number): string {
  return `${word(at)} of ${withoutPassword(address)}`;
}

function gone(place: string): UserError {
  return new UserError('dataset/no-snapshot', 'the snapshot of the database is not there', {
    place,
    remedy:
      'Run the recipe again with --from dataset and without dataset.snapshot: the database is read anew.',
  });
}
