import { UserError } from '../shared/errors.ts';
import { openBrowser } from './open-browser.ts';
import { print, say } from './print.ts';
import { serveRun } from './serve-run.ts';

/** What `npm start` makes. */
const usualRun = 'quickstart';

export interface DemoOptions {
  /** The run of the quickstart where none is named. */
  run: string | undefined;
  runsFolder: string;
  port: number;
  /** Whether the browser is opened. */
  open: boolean;
}

/** Serves a run to this machine alone, as a shop in which its recommendations can be tried, until Ctrl-C. */
export async function showDemo({ run, runsFolder, port, open }: DemoOptions): Promise<void> {
  try {
    await serveRun({
      run: run ?? usualRun,
      runsFolder,
      port,
      host: '127.0.0.1',
      apiKeyFile: undefined,
      withoutApiKey: false,
      allowRuns: false,
      allowEvents: false,
      dataFolders: [],
      batch: 64,
      waiting: 1000,
      allowHosts: [],
      logRequests: false,
      availableFile: undefined,
      set: [],
      demo: { onReady: (address) => show(`${address}/#/shop`, open) },
    });
  } catch (error) {
    if (run !== undefined || !(error instanceof UserError) || error.code !== 'serving/no-run') throw error;
    throw new UserError('demo/no-run', `the demo shows the run "${usualRun}", which is not there yet`, {
      place: error.place,
      remedy: `Make it, in about four minutes: npx eager-llm run ${usualRun}. Or show a run of yours: npx eager-llm demo RUN.`,
      cause: error,
    });
  }
}

function show(address: string, open: boolean): void {
  print(`The shop is open at ${address}`);
  say('Ctrl-C closes it.');
  if (open) openBrowser(address, () => say('No browser could be opened: open the address yourself.'));
}
