import { fastifySwagger } from '@fastify/swagger';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { answerError, answerErrors } from './answer-errors.ts';
import { answerBrokenRequests } from './broken-requests.ts';
import { guardHost } from './guard-host.ts';
import { hideFolders } from './hide-folders.ts';
import { type ConnectionLimits, limitConnections } from './limit-connections.ts';
import { logRequests } from './log-requests.ts';
import { createMetrics } from './metrics.ts';
import { openApiOptions, openApiRoutes } from './open-api.ts';
import { ownSiteOnly } from './own-site-only.ts';
import { openAside } from './page/aside/open-aside.ts';
import { page } from './page/page.ts';
import { requireApiKey } from './require-api-key.ts';
import { requireJson } from './require-json.ts';
import type { ServerOptions } from './room.ts';
import { chatCompletionRoutes } from './routes/chat-completions.ts';
import { eventRoutes } from './routes/events.ts';
import { explanationRoutes } from './routes/explanations.ts';
import { healthRoutes } from './routes/health.ts';
import { itemRoutes } from './routes/items.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { modelRoutes } from './routes/models.ts';
import { recommendationRoutes } from './routes/recommendations.ts';
import { relatedItemRoutes } from './routes/related-items.ts';
import { runRoutes } from './routes/runs.ts';
import { searchRoutes } from './routes/search.ts';

/** The largest body, in bytes: thousands of item ids. */
const bodyLimit = 1 << 20;
const headerBytes = 16 << 10;
const usualConnections: ConnectionLimits = { all: 2000, perAddress: 1000 };

/** The server with all its rooms, not yet listening. Closing it lets requests in progress finish. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { apiKeys = [], hostNames, requestSeconds = 30, logger = false } = options;
  const server = fastify({
    bodyLimit,
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 1000 * requestSeconds,
    // No client may hold an idle connection.
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
  logRequests(server, options.requestLog);
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
    searchRoutes,
    relatedItemRoutes,
    explanationRoutes,
    eventRoutes,
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
