import { once } from 'node:events';
import { isIP } from 'node:net';
import { createServer } from '../server/create-server.ts';
import { buildPageInClone } from '../server/page/built-page.ts';
import { openLiveRun } from '../serving/index.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import { print, say } from './print.ts';
import { readApiKeys } from './read-api-keys.ts';
import { listenForStop } from './stop-signals.ts';
import { tellOpened } from './tell-opened.ts';
import { tellUnknown } from './tell-unknown.ts';

export interface ServeOptions {
  run: string;
  port: number;
  host: string;
  runsFolder: string;
  apiKeyFile: string | undefined;
  withoutApiKey: boolean;
  allowRuns: boolean;
  allowEvents: boolean;
  dataFolders: string[];
  /** Maximum numbers of requests decoded together, and of waiting requests. */
  batch: number;
  waiting: number;
  /** Further names by which requests may call the server; without any, an open server answers to every name. */
  allowHosts: string[];
  /** Whether each request becomes a line of JSON on stdout. */
  logRequests: boolean;
  /** A file of item ids: lists hold no others. */
  availableFile: string | undefined;
  /** Changes of settings of `chat`. */
  set: string[];
  /** Shows a shop with some customers of the log, and calls `onReady` with its address once it can be opened. */
  demo?: { onReady(address: string): void };
}

/** How a browser on this machine calls it. */
const loopbackNames = ['localhost', '127.0.0.1', '[::1]', '::1'];

/** Serves a run until Ctrl-C; requests in progress are still answered. */
export async function serveRun(options: ServeOptions): Promise<void> {
  const {
    run: name,
    port,
    host,
    runsFolder,
    allowRuns,
    allowEvents,
    dataFolders,
    batch,
    waiting,
    availableFile,
    set,
    demo,
  } = options;
  const apiKeys = readApiKeys(options.apiKeyFile);
  checkOpenness(options, apiKeys.length > 0);
  const signals = listenForStop(() => say('Closing: requests in progress are still answered.'));
  const run = await openLiveRun(name, {
    runsFolder,
    batch,
    waiting,
    availableFile,
    set,
    onUnreadable: (error) =>
      say(`Which items are available cannot be read, so that this stays as it was: ${messageOf(error)}`),
    onReload: (outcome) =>
      say(
        outcome.ok
          ? `${name} was retrained; the newer run answers from now on.`
          : `The newer ${name} cannot be opened, the older one keeps answering: ${messageOf(outcome.error)}`,
      ),
  });
  try {
    await tellUnknown(run);
    tellOpened(run);
    await buildPageInClone();
    const server = await createServer({
      run,
      runsFolder,
      apiKeys,
      allowRuns,
      allowEvents,
      dataFolders,
      demo: demo !== undefined,
      logger: { level: 'warn', stream: process.stderr },
      ...hostNamesOf(options),
      ...(options.logRequests ? { requestLog: print } : {}),
    });
    signals.kill.addEventListener('abort', () => server.server.closeAllConnections());
    if (!signals.stop.aborted) {
      const address = await listen(() => server.listen({ port, host }), port, host);
      if (demo) demo.onReady(address);
      else tellAddress(address, options);
      if (!signals.stop.aborted) await once(signals.stop, 'abort');
    }
    await server.close();
  } finally {
    signals.release();
    await run.close();
  }
}

/** With a log, stdout has nothing but lines of JSON. */
function tellAddress(address: string, { run, logRequests }: ServeOptions): void {
  (logRequests ? say : print)(`${run} answers at ${address}`);
  say(`Open it in a browser, or try: curl ${address}/v1/models · Ctrl-C stops it`);
}

/** Anyone who reaches this server can ask it anything, so a server open to other machines needs a key. */
function checkOpenness(
  { host, withoutApiKey, allowRuns, allowEvents }: ServeOptions,
  hasKeys: boolean,
): void {
  if (isLoopback(host) || hasKeys) return;
  if (allowEvents)
    throw new UserError('serve/open', `--events lets anyone who reaches ${host} send events of customers`, {
      remedy: 'Set EAGER_LLM_API_KEYS or --api-key-file, or leave out --events.',
    });
  if (allowRuns)
    throw new UserError('serve/open', `--allow-runs lets anyone who reaches ${host} start recipes`, {
      remedy: 'Set EAGER_LLM_API_KEYS or --api-key-file, or leave out --allow-runs.',
    });
  if (!withoutApiKey)
    throw new UserError('serve/open', `anyone who reaches ${host} could query this server`, {
      remedy: 'Set EAGER_LLM_API_KEYS or --api-key-file, or allow it with --without-api-key.',
    });
}

/** Where names are given, or no other machine can reach the server, requests have to call it by a known name. */
function hostNamesOf({ host, allowHosts }: ServeOptions): { hostNames?: string[] } {
  if (isLoopback(host)) return { hostNames: [...loopbackNames, ...allowHosts] };
  return allowHosts.length > 0 ? { hostNames: [...allowHosts, ...loopbackNames] } : {};
}

/** Whether only this machine can reach a server at this address. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

async function listen(start: () => Promise<string>, port: number, host: string): Promise<string> {
  try {
    return await start();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL' && code !== 'ENOTFOUND')
      throw cause;
    const reasons = {
      EADDRINUSE: 'another program is using it',
      EACCES: 'this user is not allowed to listen there',
      EADDRNOTAVAIL: 'this machine has no such address',
      ENOTFOUND: 'this machine has no such address',
    };
    throw new UserError('serve/address', `cannot listen at ${host}, port ${port}: ${reasons[code]}`, {
      remedy: 'Choose another with --port or --host; --port 0 takes any free one.',
      cause,
    });
  }
}
