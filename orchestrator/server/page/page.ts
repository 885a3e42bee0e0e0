import { join, resolve } from 'node:path';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { packageRoot } from '../../shared/package-root.ts';
import type { RoomOptions } from '../room.ts';
import { aboutRoutes } from './about.ts';
import { demoRoutes } from './demo-routes.ts';
import { indexRoutes } from './index-routes.ts';
import type { PageOptions } from './page-room.ts';
import { recipeRoutes } from './recipe-routes.ts';
import { runRoutes } from './run-routes.ts';
import { createRunStarter } from './run-starter.ts';
import { startRoutes } from './start-routes.ts';
import { staticFiles } from './static-files.ts';
import { sweepRoutes } from './sweep-routes.ts';

/** The page and what it asks for. Nothing outside of the runs' folder and of `recipeFolders` is read for it. */
export const page: FastifyPluginAsyncZod<RoomOptions> = async (server, options) => {
  const starter = createRunStarter(options.runsFolder);
  server.addHook('preClose', () => starter.close());
  const room: PageOptions = { ...options, starter, folders: recipeFolders(options) };
  await server.register(staticFiles, room);
  for (const routes of [aboutRoutes, runRoutes, sweepRoutes, indexRoutes, recipeRoutes])
    await server.register(routes, room);
  if (options.demo) await server.register(demoRoutes, room);
  if (options.allowRuns) await server.register(startRoutes, room);
};

/**
 * Where files may lie that a recipe from the page names: what comes with eager-llm, the runs, `recipes/` and `datasets/`
 * of the folder where the server was started, and what its operator adds.
 */
function recipeFolders({ runsFolder, dataFolders = [] }: RoomOptions): string[] {
  const shipped = ['recipes', 'datasets', 'prompts', 'vocab-extensions'];
  return [
    ...shipped.map((name) => join(packageRoot, name)),
    ...['recipes', 'datasets', runsFolder, ...dataFolders].map((folder) => resolve(folder)),
  ].filter((folder, at, all) => all.indexOf(folder) === at);
}
