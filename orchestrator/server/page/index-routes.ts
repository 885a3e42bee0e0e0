import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { PageOptions } from './page-room.ts';
import { runParameters } from './parameters.ts';
import type { CodedItemsAnswer, IndexBranch, IndexOverview } from './wire.ts';

/** `12,,3`: digit 12 on the first level, 3 on the third. */
const chosenDigits = z
  .string()
  .max(300)
  .regex(/^\d{0,7}(,\d{0,7}){0,25}$/, 'are not digits between commas')
  .default('')
  .transform((text) => text.split(',').map((digit) => (digit === '' ? null : Number(digit))));

/** The index of a run: its quality, its branches, its items. */
export const indexRoutes: FastifyPluginAsyncZod<PageOptions> = async (server, { runsFolder, reads }) => {
  server.get(
    '/page/runs/:name/index',
    { schema: { hide: true, params: runParameters } },
    async ({ params }): Promise<IndexOverview> => reads.ask('overviewOfIndex', runsFolder, params.name),
  );

  server.get(
    '/page/runs/:name/branch',
    { schema: { hide: true, params: runParameters, querystring: z.object({ digits: chosenDigits }) } },
    async ({ params, query }): Promise<IndexBranch> =>
      reads.ask('branchOfIndex', runsFolder, params.name, query.digits),
  );

  server.get(
    '/page/runs/:name/items',
    {
      schema: {
        hide: true,
        params: runParameters,
        querystring: z.object({ query: z.string().min(1).max(200) }),
      },
    },
    async ({ params, query }): Promise<CodedItemsAnswer> => ({
      items: await reads.ask('findCodedItems', runsFolder, params.name, query.query),
    }),
  );
};
