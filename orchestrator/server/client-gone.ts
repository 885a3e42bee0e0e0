import type { FastifyReply } from 'fastify';
import { clientError } from './answer-errors.ts';

/** Aborted when the client hangs up before it has its answer: that is no error of ours, and nothing for the log. */
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
