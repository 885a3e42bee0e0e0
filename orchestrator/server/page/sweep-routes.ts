import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { clientError } from '../answer-errors.ts';
import type { PageOptions } from './page-room.ts';
import { sweepParameters } from './parameters.ts';
import { withWay } from './report-way.ts';
import type { SweepAnswer } from './wire.ts';

/**
 * It is a page of its own, read from a file: it gets no script, no other file, no form, and no origin from which it
 * could ask this server for anything.
 */
const policy = {
  'Content-Security-Policy':
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/** Reports of sweeps, as `eager-llm sweep` wrote them. */
export const sweepRoutes: FastifyPluginAsyncZod<PageOptions> = async (server, { runsFolder, reads }) => {
  server.get(
    '/page/sweeps/:name',
    { schema: { hide: true, params: sweepParameters } },
    async ({ params: { name } }): Promise<SweepAnswer> => reads.ask('coverageOfSweep', runsFolder, name),
  );
  server.get(
    '/page/sweeps/:name/report',
    { schema: { hide: true, params: sweepParameters } },
    async ({ params: { name }, headers: { authorization } }, reply) => {
      const report = await reads.ask('reportOfSweep', runsFolder, name);
      if (report === null)
        throw clientError(
          404,
          'not_found_error',
          'server/no-report',
          `the sweep ${name} has no report yet → eager-llm sweep writes it`,
        );
      // Who brings a key saves it as a file, from which no way leads back.
      const html = authorization ? report.html : withWay(report.html, name, report.runs);
      return reply.headers(policy).type('text/html; charset=utf-8').send(html);
    },
  );
};
