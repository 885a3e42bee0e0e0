import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { recipeError } from '../../recipe/problem.ts';
import { composedName, recipeName } from '../../runs/run-files.ts';
import { parseRunName } from '../../runs/run-name.ts';
import { UserError } from '../../shared/errors.ts';
import { writeFileAtomic } from '../../storage/atomic-file.ts';
import type { PageOptions } from './page-room.ts';
import { newRunName, recipeText, runParameters } from './parameters.ts';
import type { StartAnswer } from './wire.ts';

/** Starting, stopping and resuming runs; only available if the server was started with `--allow-runs`. */
export const startRoutes: FastifyPluginAsyncZod<PageOptions> = async (
  server,
  { runsFolder, starter, folders, reads, checks },
) => {
  server.post(
    '/page/runs',
    { schema: { hide: true, body: z.strictObject({ name: newRunName, text: recipeText }) } },
    async ({ body: { name, text } }, reply): Promise<StartAnswer> => {
      if (existsSync(join(runsFolder, name)))
        throw new UserError('server/taken', `there is a run called "${name}" already`, {
          remedy: 'Choose another name.',
        });
      const { resolved, problems } = await checks.ask('checkComposed', text, folders);
      if (!resolved) throw recipeError('this recipe', problems);
      await starter.start(name, resolved);
      writeFileAtomic(join(runsFolder, name, composedName), text);
      reply.status(201);
      return { name };
    },
  );

  server.post(
    '/page/runs/:name/stop',
    { schema: { hide: true, params: runParameters } },
    async ({ params: { name } }): Promise<StartAnswer> => {
      await starter.stop(parseRunName(name).name);
      return { name };
    },
  );

  server.post(
    '/page/runs/:name/resume',
    { schema: { hide: true, params: runParameters } },
    async ({ params: { name } }): Promise<StartAnswer> => {
      const { folder, status } = await reads.ask('showRun', runsFolder, name);
      if (status === 'running')
        throw new UserError('server/busy', `"${name}" is running`, { remedy: 'Wait for its end.' });
      // The recipe of a run names no other file to extend: it is resolved already.
      await starter.start(
        parseRunName(name).name,
        await checks.ask('resolveRecipe', join(folder, recipeName)),
      );
      return { name };
    },
  );
};
