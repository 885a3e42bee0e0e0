import { fastifySwagger } from '@fastify/swagger';
import { type FastifyInstance, fastify } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { OpenRun } from '../serving/index.ts';
import { answerErrors } from './answer-errors.ts';
import { page } from './page/page.ts';
import { healthRoutes } from './routes/health.ts';
import { modelRoutes } from './routes/models.ts';
import { recommendationRoutes } from './routes/recommendations.ts';

export interface ServerOptions {
  run: OpenRun;
  /** The folder of all runs, which the page shows. */
  runsFolder: string;
  /** May recipes be started from the page? */
  allowRuns?: boolean;
  /** Further folders that recipes from the page may name files of. */
  dataFolders?: string[];
}

/** Every room of the server is a plugin that gets these options. */
export type RoomOptions = ServerOptions;

/** The server with all its rooms, not yet listening. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = fastify().withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  answerErrors(server);
  await server.register(fastifySwagger, {
    openapi: { info: { title: 'eager-llm', version: '1' } },
    transform: jsonSchemaTransform,
  });
  for (const room of [healthRoutes, modelRoutes, recommendationRoutes, page])
    await server.register(room, options);
  return server as unknown as FastifyInstance;
}
