import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../shared/package-root.ts';

/**
 * Clients need not know where files are on this machine. In errors, and in all that the page asks for, paths are shown
 * from the folder where the server was started, as a recipe of the page may write them, or from eager-llm's own.
 */
export function hideFolders(server: FastifyInstance): void {
  const own = [process.cwd(), packageRoot].map((path) => path.replace(/[\\/]+$/, '')).filter(Boolean);
  // As they stand in JSON, with their ends: `/shop` is no beginning of `/shops`.
  const paths = own.map((path) =>
    JSON.stringify(path)
      .slice(1, -1)
      .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  const inside = new RegExp(`(?:${paths.join('|')})(?:/|\\\\\\\\|(?![\\w.-]))`, 'g');
  server.addHook('onSend', async (request, reply, payload) => {
    const isShown = reply.statusCode >= 400 || request.url.startsWith('/page/');
    return isShown && typeof payload === 'string' && paths.length > 0 ? payload.replace(inside, '') : payload;
  });
}
