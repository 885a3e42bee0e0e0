import type { FastifyInstance } from 'fastify';

/**
 * A server that answers on loopback alone is not for other sites: a name that leads to 127.0.0.1 (DNS rebinding) would
 * make a page from elsewhere one of ours, with all that it may read and start.
 */
export function guardHost(server: Pick<FastifyInstance, 'addHook'>): void {
  server.addHook('onRequest', async (request, reply) => {
    const isLoopback = /^(127\.|::1$|::ffff:127\.)/.test(request.socket.localAddress ?? '');
    if (!isLoopback || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(request.headers.host ?? ''))
      return;
    await reply.status(403).send({
      error: {
        message:
          'this server answers its page on loopback alone → Open it as http://127.0.0.1, or let a proxy send that as Host.',
        type: 'invalid_request_error',
        param: null,
        code: 'server/host',
      },
    });
  });
}
