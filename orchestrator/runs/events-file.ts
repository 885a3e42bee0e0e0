import { join } from 'node:path';
import { parseRunName } from './run-name.ts';

/** Where a run keeps events that came after its training: at its root, whatever is trained again. */
export function eventsFile(runsFolder: string, name: string): string {
  return join(runsFolder, parseRunName(name).name, 'events.duckdb');
}
