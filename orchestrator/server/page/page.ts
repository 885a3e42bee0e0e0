import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { RoomOptions } from '../create-server.ts';
import { aboutRoutes } from './about.ts';
import { indexRoutes } from './index-routes.ts';
import { recipeFolders } from './recipe-folders.ts';
import { recipeRoutes } from './recipe-routes.ts';
import { runRoutes } from './run-routes.ts';
import { createRunStarter } from './run-starter.ts';
import { startRoutes } from './start-routes.ts';
import { staticFiles } from './static-files.ts';

/** The page and what it asks for. Nothing outside of the runs' folder and of `recipeFolders` is read for it. */
export const page: FastifyPluginAsyncZod<RoomOptions> = async (server, options) => {
  const starter = createRunStarter(options.runsFolder);
  server.addHook('preClose', () => starter.close());
  const room: PageOptions = { ...options, starter, folders: recipeFolders(options) };
  await server.register(staticFiles, room);
  for (const routes of [aboutRoutes, runRoutes, indexRoutes, recipeRoutes])
    await server.register(routes, room);
  if (options.allowRuns) await server.register(startRoutes, room);
};

export interface PageOptions extends RoomOptions {
  starter: ReturnType<typeof createRunStarter>;
  /** Folders that recipes of the page may name files of. */
  folders: readonly string[];
}
