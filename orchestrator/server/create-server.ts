import { fastifySwagger } from '@fastify/swagger';
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { LiveRun } from '../serving/index.ts';
import { answerError, answerErrors } from './answer-errors.ts';
import { answerBrokenRequests } from './broken-requests.ts';
import { guardHost } from './guard-host.ts';
import { hideFolders } from './hide-folders.ts';
import { type ConnectionLimits, limitConnections } from './limit-connections.ts';
import { createMetrics, type ServerMetrics } from './metrics.ts';
import { openApiOptions } from './open-api.ts';
import { ownSiteOnly } from './own-site-only.ts';
import { type Aside, openAside } from './page/aside/open-aside.ts';
import { page } from './page/page.ts';
import { requireApiKey } from './require-api-key.ts';
import { requireJson } from './require-json.ts';
import { chatCompletionRoutes } from './routes/chat-completions.ts';
import { explanationRoutes } from './routes/explanations.ts';
import { healthRoutes } from './routes/health.ts';
import { itemRoutes } from './routes/items.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { modelRoutes } from './routes/models.ts';
import { openApiRoutes } from './routes/open-api.ts';
import { recommendationRoutes } from './routes/recommendations.ts';
import { runRoutes } from './routes/runs.ts';

export interface ServerOptions {
  run: LiveRun;
  /** The folder of all runs, which the page shows. */
  runsFolder: string;
  /** Keys of which a request has to bring one, as `Authorization: Bearer KEY`; none by default: everybody may ask. */
  apiKeys?: readonly string[];
  /** May recipes be started from the page? */
  allowRuns?: boolean;
  /** Further folders that recipes from the page may name files of. */
  dataFolders?: string[];
  /** Names by which this server may be called; any by default. Given for loopback, no page of another site can reach it. */
  hostNames?: readonly string[];
  /** How long a client may take to send a request, in seconds; 30 by default. */
  requestSeconds?: number;
  /** How many connections may be open; 2,000 by default, and 1,000 from one address. */
  connections?: ConnectionLimits;
  logger?: FastifyServerOptions['logger'];
}

/** Every room of the server is a plugin that gets these options. */
export interface RoomOptions extends ServerOptions {
  metrics: ServerMetrics;
  /** Reads runs, beside the server. */
  reads: Aside;
  /** Judges texts that somebody wrote, beside the server and beside `reads`. */
  checks: Aside;
}

/** The largest body, in bytes: thousands of item ids. */
const bodyLimit = 1 << 20;
const headerBytes = 16 << 10;
const usualConnections: ConnectionLimits = { all: 2000, perAddress: 1000 };

/** The server with all its rooms, not yet listening. Closing it lets requests that are under way finish. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { apiKeys = [], hostNames, requestSeconds = 30, logger = false } = options;
  const server = fastify({
    bodyLimit,
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 1000 * requestSeconds,
    // Nobody may hold a connection without moving anything.
    connectionTimeout: 2000 * requestSeconds,
    keepAliveTimeout: 10_000,
    http: {
      maxHeaderSize: headerBytes,
      headersTimeout: 1000 * requestSeconds,
      connectionsCheckingInterval: 500 * Math.min(requestSeconds, 10),
    },
    clientErrorHandler: answerBrokenRequests,
    frameworkErrors: answerError,
    // A machine that trains beside may take its time to start a server. It limits closing, too, and a run that was
    // started from the page has a minute to save its work.
    pluginTimeout: 120_000,
    routerOptions: { maxParamLength: 200 },
  });
  limitConnections(server, options.connections ?? usualConnections);
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  answerErrors(server);
  hangUpWhenClosing(server);
  const metrics = createMetrics(options.run);
  metrics.watch(server);
  guardHost(server, hostNames);
  ownSiteOnly(server);
  hideFolders(server);
  requireApiKey(server, apiKeys);
  requireJson(server);
  await server.register(fastifySwagger, openApiOptions(apiKeys.length > 0));
  const rooms = [
    healthRoutes,
    modelRoutes,
    recommendationRoutes,
    chatCompletionRoutes,
    itemRoutes,
    explanationRoutes,
    runRoutes,
    metricsRoutes,
    openApiRoutes,
    page,
  ];
  const reads = openAside({ seconds: 120, waiting: 200, megabytes: 4096 });
  const checks = openAside({ seconds: 60, waiting: 50, megabytes: 512 });
  server.addHook('onClose', async () => {
    await Promise.all([reads.close(), checks.close()]);
  });
  for (const room of rooms) await server.register(room, { ...options, metrics, reads, checks });
  return server;
}

/** Else clients would keep their connections, and the server would wait for them. */
function hangUpWhenClosing(server: FastifyInstance): void {
  let closing = false;
  server.addHook('preClose', async () => {
    closing = true;
  });
  server.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
