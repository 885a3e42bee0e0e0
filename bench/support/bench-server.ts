/** The server of `bench/serve.ts`, in a process of its own: bench-server.ts BATCH [RUN RUNS_FOLDER]. Prints its address. */
import { createServer } from '../../orchestrator/server/create-server.ts';
import { openLiveRun } from '../../orchestrator/serving/index.ts';
import { openMadeUpRun } from './made-up-run.ts';

const [batch, name, runsFolder = 'runs'] = process.argv.slice(2);
const options = { batch: Number(batch), waiting: 1000 };
const run = name ? await openLiveRun(name, { ...options, runsFolder }) : await openMadeUpRun(options);
const server = await createServer({ run, runsFolder });
console.log(await server.listen({ port: 0, host: '127.0.0.1' }));
process.once('SIGTERM', async () => {
  await server.close();
  await run.close();
});
