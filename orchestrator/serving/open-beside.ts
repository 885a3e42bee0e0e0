import type { Dataset } from '../dataset/types.ts';
import { availabilityFile } from '../runs/availability.ts';
import { eventsFile } from '../runs/events-file.ts';
import { readManifest } from '../runs/manifest.ts';
import { type Availability, openAvailability } from './availability.ts';
import { type CustomerEvents, openCustomerEvents } from './events/customer-events.ts';
import { endOfLog } from './histories.ts';
import type { OpenRunOptions } from './types.ts';

/** What lies beside a run and changes without it: the items that no list may hold, and what customers have taken since. */
export async function openBeside(
  name: string,
  dataset: Dataset,
  datasetFolder: string,
  { runsFolder = 'runs', availableFile: available, excludeFile: excluded }: OpenRunOptions,
): Promise<{ availability: Availability; events: CustomerEvents }> {
  const files = { delisted: availabilityFile(runsFolder, name), available, excluded };
  const availability = openAvailability(files, dataset.items);
  const events = await openCustomerEvents({
    file: eventsFile(runsFolder, name),
    items: dataset.items,
    endOfLog: endOfLog(dataset),
    logReadAt: Date.parse(readManifest(datasetFolder)?.finished_at ?? '') / 1000,
  });
  return { availability, events };
}
