import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RunSummary } from '../../runs/read-runs.ts';
import { parseRunName } from '../../runs/run-name.ts';
import { stageFolderNames } from '../../runs/stage-names.ts';
import type { Tasks } from './aside/tasks.ts';
import type { PageOptions } from './page-room.ts';
import { runName, runParameters } from './parameters.ts';
import type { ComparisonAnswer, DifferencesAnswer, NewsAnswer, RunAnswer, RunsAnswer } from './wire.ts';

/** `first,second` */
const runNames = z
  .string()
  .max(1000)
  .transform((text) => text.split(','))
  .pipe(z.array(runName).min(1).max(8));

/** Finished and running runs, read from the runs' folder. */
export const runRoutes: FastifyPluginAsyncZod<PageOptions> = async (
  server,
  { runsFolder, starter, reads },
) => {
  const shown = <R extends RunSummary>({ folder: _, ...run }: R) => ({
    ...run,
    planned: run.planned ?? stageFolderNames,
    started_here: starter.isRunning(parseRunName(run.name).name),
  });
  const answer = ({ run, ...rest }: Awaited<ReturnType<Tasks['inspectRun']>>): RunAnswer => ({
    run: shown(run),
    ...rest,
  });

  server.get(
    '/page/runs',
    { schema: { hide: true } },
    async (): Promise<RunsAnswer> => ({
      runs: (await reads.ask('listRuns', runsFolder)).map(shown),
    }),
  );

  server.get(
    '/page/runs/:name',
    { schema: { hide: true, params: runParameters } },
    async ({ params }): Promise<RunAnswer> => answer(await reads.ask('inspectRun', runsFolder, params.name)),
  );

  server.get(
    '/page/runs/:name/news',
    {
      schema: {
        hide: true,
        params: runParameters,
        querystring: z.object({ cursor: z.string().max(4000).optional() }),
      },
    },
    async ({ params, query }): Promise<NewsAnswer> =>
      reads.ask('newsOf', runsFolder, params.name, query.cursor),
  );

  server.get(
    '/page/comparison',
    { schema: { hide: true, querystring: z.object({ runs: runNames }) } },
    async ({ query }): Promise<ComparisonAnswer> => {
      const { runs, settings, figures } = await reads.ask('compareRuns', runsFolder, query.runs);
      return {
        runs: runs.map(answer),
        settings: settings.map(({ path, values }) => ({ path, values: values.map(shownSetting) })),
        // JSON has no undefined, which would become a null that no type tells of.
        figures: figures.map(({ name, values }) => ({ name, values: values.map((value) => value ?? null) })),
      };
    },
  );

  // Apart from the comparison, which does not wait for what is drawn.
  server.get(
    '/page/comparison/differences',
    { schema: { hide: true, querystring: z.object({ runs: runNames }) } },
    async ({ query }): Promise<DifferencesAnswer> => ({
      differences: await reads.ask('compareEvaluations', runsFolder, query.runs),
    }),
  );
};

function shownSetting(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
