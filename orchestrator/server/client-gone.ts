import type { FastifyReply } from 'fastify';

/** Aborted when the client hangs up before it has its answer. */
export function clientGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(new Error('the client has hung up'));
  });
  return gone.signal;
}
