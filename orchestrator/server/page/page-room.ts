import type { RoomOptions } from '../room.ts';
import type { createRunStarter } from './run-starter.ts';

/** Every route of the page is a plugin that gets these options. */
export interface PageOptions extends RoomOptions {
  starter: ReturnType<typeof createRunStarter>;
  /** Folders that recipes of the page may name files of. */
  folders: readonly string[];
}
