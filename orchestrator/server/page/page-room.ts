import type { RoomOptions } from '../room.ts';
import type { createLauncher } from './launcher.ts';

/** Every route of the page is a plugin that gets these options. */
export interface PageOptions extends RoomOptions {
  launcher: ReturnType<typeof createLauncher>;
  /** Folders that recipes of the page may name files of. */
  folders: readonly string[];
}
