import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { followRun } from '../../runs/follow-run.ts';
import { compareRuns, listRuns, type RunSummary, showRun } from '../../runs/read-runs.ts';
import { inspectRun } from '../../serving/inspect/inspect-run.ts';
import type { PageOptions } from './page.ts';
import { runName, runParameters } from './parameters.ts';
import type { ComparisonAnswer, NewsAnswer, PageRun, RunAnswer, RunsAnswer } from './wire.ts';

/** `first,second` */
const runNames = z
  .string()
  .max(1000)
  .transform((text) => text.split(','))
  .pipe(z.array(runName).min(1).max(8));

/** What was run and is running, read from the runs' folder. */
export const runRoutes: FastifyPluginAsyncZod<PageOptions> = async (server, { runsFolder, launcher }) => {
  const shown = ({ folder: _, ...run }: RunSummary): PageRun => ({
    ...run,
    started_here: launcher.isRunning(run.name),
  });
  const answer = (name: string): RunAnswer => {
    const { run, ...rest } = inspectRun(runsFolder, name);
    return { run: shown(run), ...rest };
  };

  server.get(
    '/page/runs',
    { schema: { hide: true } },
    async (): Promise<RunsAnswer> => ({
      runs: listRuns(runsFolder).map(shown),
    }),
  );

  server.get(
    '/page/runs/:name',
    { schema: { hide: true, params: runParameters } },
    async ({ params }): Promise<RunAnswer> => answer(params.name),
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
    async ({ params, query }): Promise<NewsAnswer> => {
      const { folder, status, stages } = showRun(runsFolder, params.name);
      return { ...followRun(folder, query.cursor), status, stages };
    },
  );

  server.get(
    '/page/comparison',
    { schema: { hide: true, querystring: z.object({ runs: runNames }) } },
    async ({ query }): Promise<ComparisonAnswer> => {
      const { settings, figures } = compareRuns(runsFolder, query.runs);
      return { settings, figures, runs: query.runs.map(answer) };
    },
  );
};
