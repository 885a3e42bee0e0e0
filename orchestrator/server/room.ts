import type { FastifyServerOptions } from 'fastify';
import type { LiveRun } from '../serving/index.ts';
import type { ConnectionLimits } from './limit-connections.ts';
import type { ServerMetrics } from './metrics.ts';
import type { Aside } from './page/aside/open-aside.ts';

export interface ServerOptions {
  run: LiveRun;
  /** The folder of all runs, which the page shows. */
  runsFolder: string;
  /**
   * A request has to send one of these keys, as `Authorization: Bearer KEY`; none by default: all requests are allowed.
   */
  apiKeys?: readonly string[];
  /** Whether recipes may be started from the page. */
  allowRuns?: boolean;
  /** Whether the page shows a shop with some customers of the log, without their ids; only for this machine alone. */
  demo?: boolean;
  /** Whether events of customers are taken and kept. */
  allowEvents?: boolean;
  /** Further folders that recipes from the page may name files of. */
  dataFolders?: string[];
  /** Names by which this server may be called; any by default. Given for loopback, no page of another site can reach it. */
  hostNames?: readonly string[];
  /** How long a client may take to send a request, in seconds; 30 by default. */
  requestSeconds?: number;
  /** How many connections may be open; 2,000 by default, and 1,000 from one address. */
  connections?: ConnectionLimits;
  /** Takes a line of JSON for each request; see `log-requests.ts`. */
  requestLog?: (line: string) => void;
  logger?: FastifyServerOptions['logger'];
}

/** Every room of the server is a plugin that gets these options. */
export interface RoomOptions extends ServerOptions {
  metrics: ServerMetrics;
  /** Reads runs, beside the server. */
  reads: Aside;
  /** Checks texts that users wrote, in a thread apart from the server and from `reads`. */
  checks: Aside;
}
