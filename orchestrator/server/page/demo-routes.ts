import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ItemCard, OpenRun } from '../../serving/index.ts';
import type { PageOptions } from './page-room.ts';
import type { DemoCustomers } from './wire.ts';

const shownCustomers = 8;
const looks = 40;
/** A history from which one sees what a person likes. */
const leastItems = 4;

/**
 * Some customers of the log, to try the shop as: what they have taken, and nothing that says who they are. Only there
 * with `eager-llm demo`, which listens to this machine alone.
 */
export const demoRoutes: FastifyPluginAsyncZod<PageOptions> = async (server, { run }) => {
  let known: { fingerprint: string; customers: Promise<DemoCustomers['customers']> } | undefined;
  server.get('/page/demo/customers', { schema: { hide: true } }, async (): Promise<DemoCustomers> => {
    const { fingerprint } = run;
    if (known?.fingerprint !== fingerprint) known = { fingerprint, customers: run.use(sampleCustomers) };
    const asked = known;
    try {
      return { customers: await asked.customers };
    } catch (error) {
      // A server that had too much to do may be asked again.
      if (known === asked) known = undefined;
      throw error;
    }
  });
};

/** Customers from all over the log, the same ones each time. */
async function sampleCustomers(run: OpenRun): Promise<DemoCustomers['customers']> {
  const { ids } = run.users;
  const step = Math.max(1, Math.floor(ids.length / looks));
  const found: { history: ItemCard[] }[] = [];
  for (let at = 0; at < ids.length && found.length < shownCustomers; at += step) {
    const { history } = await run.recommend({ user: ids[at], k: 1 });
    if (history.length >= leastItems) found.push({ history });
  }
  return found;
}
