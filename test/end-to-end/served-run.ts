import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smokeRuns } from '../serving/smoke-run.ts';
import { eagerLlm, smokeRecipe } from '../whole/eager-llm.ts';

export interface ServedRun {
  address: string;
  runsFolder: string;
  close(): Promise<void>;
}

/** Two small runs, really made, and a server in a process of its own that answers from the first. */
export async function serveSmokeRun(): Promise<ServedRun> {
  const runsFolder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-llm-end-to-end-')));
  cpSync(join(await smokeRuns(), 'smoke'), join(runsFolder, 'smoke'), { recursive: true });
  const folder = ['--runs-dir', runsFolder];
  // The second differs in its decoding alone, so that it takes over what the first has trained.
  const wide = ['--run', 'smoke-wide', '--set', 'decoding.num_beams=20'];
  const made = await eagerLlm(['run', smokeRecipe, ...folder, ...wide]);
  if (made.exitCode !== 0) throw new Error(`the run failed: ${made.stderr}`);
  const { address, close } = await listening(['serve', 'smoke', ...folder, '--port', '0', '--allow-runs']);
  return {
    address,
    runsFolder,
    close: async () => {
      await close();
      rmSync(runsFolder, { recursive: true, force: true });
    },
  };
}

/** The demo of the small run, as a person starts it. */
export async function serveDemo(): Promise<ServedRun> {
  const runsFolder = await smokeRuns();
  return { runsFolder, ...(await listening(['demo', 'smoke', '--no-open', '--runs-dir', runsFolder])) };
}

/** A command that serves, once it says where. */
async function listening(words: string[]): Promise<Pick<ServedRun, 'address' | 'close'>> {
  const server = eagerLlm(words, { buffer: false });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer) => {
      said += chunk;
      const found = /at (http:\/\/[\w.:]+\d)/.exec(said);
      if (found) resolve(found[1]);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.on('exit', () => reject(new Error(`the server ended: ${said}`)));
  });
  return {
    address,
    close: async () => {
      server.kill('SIGINT');
      await server;
    },
  };
}
