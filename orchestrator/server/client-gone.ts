import type { FastifyReply } from 'fastify';
import { clientError } from './answer-errors.ts';

/** Aborted when the client disconnects before it has its answer: that is not a server error and not logged. */
export function clientGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished)
      gone.abort(
        clientError(499, 'invalid_request_error', 'server/hung-up', 'the client closed the connection'),
      );
  });
  return gone.signal;
}
