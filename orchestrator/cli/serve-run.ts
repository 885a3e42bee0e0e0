import { once } from 'node:events';
import { createServer } from '../server/create-server.ts';
import { openRun } from '../serving/index.ts';
import { listenForStop } from './stop-signals.ts';

export interface ServeOptions {
  run: string;
  port: number;
  host: string;
  runsFolder: string;
}

/** Serves a run until Ctrl-C. */
export async function serve({ run: name, port, host, runsFolder }: ServeOptions): Promise<void> {
  const run = await openRun(name, { runsFolder });
  const server = await createServer({ run, runsFolder });
  const signals = listenForStop(() => process.stderr.write('Closing.\n'));
  try {
    const address = await server.listen({ port, host });
    process.stdout.write(`${name} answers at ${address}\n`);
    if (!signals.stop.aborted) await once(signals.stop, 'abort');
    await server.close();
  } finally {
    signals.release();
    await run.close();
  }
}
