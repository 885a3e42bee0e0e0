import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

export interface ConnectionLimits {
  all: number;
  /** From one address. */
  perAddress: number;
}

/** The connections of one address. */
interface Caller {
  open: number;
  /** Those without a whole request at the moment, the longest waiting first. */
  waiting: Set<Socket>;
}

/**
 * Above a limit, the connection that has waited longest without a whole request is closed: of the same address, or of
 * all. So real requests are answered, however many connections stay silent or send a byte now and then; a connection
 * whose request is being answered is never closed.
 */
export function limitConnections(server: FastifyInstance, { all, perAddress }: ConnectionLimits): void {
  const callers = new Map<string, Caller>();
  const callerOf = new WeakMap<Socket, Caller>();
  const waiting = new Set<Socket>();
  const answering = new WeakMap<Socket, number>();
  let open = 0;

  const wait = (socket: Socket) => {
    waiting.add(socket);
    callerOf.get(socket)?.waiting.add(socket);
  };
  const leave = (socket: Socket) => {
    waiting.delete(socket);
    callerOf.get(socket)?.waiting.delete(socket);
  };
  const closeOldest = ([oldest]: Iterable<Socket>) => {
    if (!oldest) return;
    leave(oldest);
    oldest.destroy();
  };

  server.server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    const caller = callers.get(address) ?? { open: 0, waiting: new Set<Socket>() };
    callers.set(address, caller);
    callerOf.set(socket, caller);
    open++;
    caller.open++;
    wait(socket);
    socket.once('close', () => {
      leave(socket);
      open--;
      if (--caller.open === 0) callers.delete(address);
    });
    if (caller.open > perAddress) closeOldest(caller.waiting);
    else if (open > all) closeOldest(waiting);
  });
  // By now the whole request has arrived.
  server.addHook('preHandler', async ({ raw: { socket } }, reply) => {
    answering.set(socket, (answering.get(socket) ?? 0) + 1);
    leave(socket);
    // Nothing moves while an answer is worked out. Once it is there, the client has to take it.
    socket.setTimeout(0);
    reply.raw.once('close', () => {
      const left = (answering.get(socket) ?? 1) - 1;
      answering.set(socket, left);
      if (left === 0 && !socket.destroyed) wait(socket);
    });
  });
  server.addHook('onSend', async ({ raw: { socket } }) => {
    socket.setTimeout(server.server.timeout);
  });
  // The kernel's own limit stands behind, for connections that come faster than others can go.
  server.server.maxConnections = 2 * all;
}
