import { join } from 'node:path';
import { currentFolder } from '../../runs/current-version.ts';
import { eventsFile } from '../../runs/events-file.ts';
import { recordName } from '../../runs/run-files.ts';
import { UserError } from '../../shared/errors.ts';
import { isThere } from '../../storage/is-there.ts';
import { openCustomerLog } from './customer-log.ts';

/** Removes a person's events from the log of a run, without opening its model; how many there were. */
export async function forgetEvents(
  name: string,
  user: string,
  { runsFolder = 'runs' }: { runsFolder?: string | undefined } = {},
): Promise<number> {
  const folder = currentFolder(runsFolder, name);
  if (!isThere(join(folder, recordName)))
    throw new UserError('serving/no-run', `there is no run "${name}"`, {
      place: folder,
      remedy: 'eager-llm runs ls lists the runs.',
    });
  const file = eventsFile(runsFolder, name);
  return isThere(file) ? openCustomerLog(file, () => {}).forget(user) : 0;
}
