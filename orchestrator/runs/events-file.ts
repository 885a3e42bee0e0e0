import { join } from 'node:path';

/** Where a run keeps events that came after its training: at its root, whatever is trained again. */
export function eventsFile(runsFolder: string, name: string): string {
  return join(runsFolder, name, 'events.duckdb');
}
