import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { packageRoot } from '../../shared/package-root.ts';
import { docsAddress } from './docs-address.ts';
import type { PageOptions } from './page-room.ts';
import type { About } from './wire.ts';

export const aboutRoutes: FastifyPluginAsyncZod<PageOptions> = async (
  server,
  { run, allowRuns = false, demo = false },
) => {
  const { version, repository } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  server.get(
    '/page/about',
    { schema: { hide: true } },
    async (): Promise<About> => ({
      version,
      model: run.model,
      allow_runs: allowRuns,
      demo,
      docs: docsAddress(repository),
    }),
  );
};
