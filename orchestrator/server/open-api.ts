import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifyPluginAsync } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { errorAnswer } from '../serving/index.ts';
import { packageRoot } from '../shared/package-root.ts';
import type { RoomOptions } from './room.ts';

/** The document is written from the schemas that check requests and answers. */
export function openApiOptions(withKeys: boolean): FastifyDynamicSwaggerOptions {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'eager-llm',
        version,
        description: 'A trained run that recommends: for shops, for people, and for clients of OpenAI.',
      },
      ...(withKeys
        ? {
            components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
            security: [{ key: [] }],
          }
        : {}),
    },
    transform: jsonSchemaTransform,
  };
}

/** The responses of a route: a success, or an error in the common shape. */
export function answers<T extends z.ZodType>(success: T): { 200: T; '4xx': typeof errorAnswer } {
  return { 200: success, '4xx': errorAnswer };
}

/** The OpenAPI document of all routes. */
export const openApiRoutes: FastifyPluginAsync<RoomOptions> = async (server) => {
  server.get('/openapi.json', { schema: { hide: true } }, async () => server.swagger());
};
