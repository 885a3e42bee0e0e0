import { connect, type Socket } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { fastify } from 'fastify';
import { limitConnections } from '../../../orchestrator/server/limit-connections.ts';
import { waitUntil } from '../../wait-until.ts';
import { type TestServer, withServer } from '../with-server.ts';

const connections = { all: 40, perAddress: 20 };
const head = 'POST /v1/recommendations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

/** What a socket sends that never sends a whole request. */
const beginnings: Record<string, string> = {
  nothing: '',
  'a line': 'GET /healthz HTTP/1.1\r\n',
  'half a body': `${head}Content-Length: 500\r\n\r\n{"prompt": `,
  'half a chunk': `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{`,
  'a whole request, and then nothing more': 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n',
};

for (const [name, text] of Object.entries(beginnings))
  test(`sockets that send ${name} lock nobody out, however many there are`, async (t) => {
    const server = await withServer(t, { connections });
    const sockets = await open(t, server, 100, text);
    t.is((await server.get('/healthz')).status, 200);
    t.is((await server.post('/v1/recommendations', { prompt: 'shampoo' })).status, 200);
    await waitUntil(() => sockets.filter(({ closed }) => !closed).length <= connections.perAddress);
    t.deepEqual(server.log, []);
  });

test('the requests that are being answered are not closed for sockets that say nothing', async (t) => {
  const server = await withServer(t, { connections }, { batch: 1 });
  const asked = Promise.all(
    Array.from({ length: 10 }, () => server.post('/v1/recommendations', { prompt: 'shampoo' })),
  );
  await waitUntil(() => server.run.load().waiting >= 5, { during: asked, every: 0 });
  await open(t, server, 100, '');
  for (const { status } of await asked) t.is(status, 200);
});

test('a client that is told that it took too long is hung up on, though it does not hang up itself', async (t) => {
  const server = await withServer(t, { requestSeconds: 1 });
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  let heard = '';
  let gone = false;
  socket.on('data', (data) => {
    heard += data;
  });
  socket.on('error', () => {
    gone = true;
  });
  t.teardown(() => socket.destroy());
  await waitUntil(() => heard.includes('408 Request Timeout'));
  // Written to a connection that is closed on the other side, it fails.
  await waitUntil(
    () => {
      socket.write('x');
      return gone;
    },
    { every: 50 },
  );
  t.pass();
});

test('an answer may take longer than a client may be silent, and the client has to take it', async (t) => {
  const server = fastify({ connectionTimeout: 3000 });
  t.teardown(() => server.close());
  limitConnections(server, { all: 40, perAddress: 20 });
  // 0: no silence is too long.
  server.get('/patience', async ({ raw: { socket } }) => ({ milliseconds: socket.timeout }));
  server.get('/large', async () => Buffer.alloc(100 << 20));
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  t.deepEqual(await (await fetch(`${url}/patience`)).json(), { milliseconds: 0 });

  const sockets: Socket[] = [];
  server.server.on('connection', (socket) => sockets.push(socket));
  const deaf = connect(Number(new URL(url).port), '127.0.0.1', () =>
    deaf.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n'),
  );
  deaf.on('error', () => {});
  t.teardown(() => deaf.destroy());
  await waitUntil(() => sockets.length === 1 && sockets[0].destroyed);
});

function open(t: ExecutionContext, server: TestServer, count: number, text: string): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    socket.on('error', () => {});
    socket.on('data', () => {});
    t.teardown(() => socket.destroy());
    return socket;
  });
  return Promise.all(
    sockets.map((socket) => new Promise<Socket>((resolve) => socket.once('connect', () => resolve(socket)))),
  );
}
