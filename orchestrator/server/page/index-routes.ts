import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { openCatalogue } from '../../serving/inspect/catalogue.ts';
import { branchOfIndex, overviewOfIndex } from '../../serving/inspect/explore-index.ts';
import { findCodedItems } from '../../serving/inspect/find-coded-items.ts';
import type { PageOptions } from './page.ts';
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
export const indexRoutes: FastifyPluginAsyncZod<PageOptions> = async (server, { runsFolder }) => {
  server.get(
    '/page/runs/:name/index',
    { schema: { hide: true, params: runParameters } },
    async ({ params }): Promise<IndexOverview> =>
      overviewOfIndex(await openCatalogue(runsFolder, params.name)),
  );

  server.get(
    '/page/runs/:name/branch',
    { schema: { hide: true, params: runParameters, querystring: z.object({ digits: chosenDigits }) } },
    async ({ params, query }): Promise<IndexBranch> =>
      branchOfIndex(await openCatalogue(runsFolder, params.name), query.digits),
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
      items: findCodedItems(await openCatalogue(runsFolder, params.name), query.query),
    }),
  );
};
