import { connect } from 'node:net';
import test from 'ava';
import { waitUntil } from '../../wait-until.ts';
import { withServer } from '../with-server.ts';

const chat = JSON.stringify({ model: 'smoke', messages: [{ role: 'user', content: 'shampoo' }] });
const stream = JSON.stringify({ ...JSON.parse(chat), stream: true });
const asked = JSON.stringify({ prompt: 'shampoo' });
const post = (path: string, body: string, length = body.length) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`;

/** What a client sends before it goes. */
const requests: Record<string, string> = {
  nothing: '',
  'half a line': 'GET /heal',
  'half of its headers': 'GET /healthz HTTP/1.1\r\nHost: x\r\n',
  'half of its body': post('/v1/recommendations', '{"prompt": ', 500),
  'a question': post('/v1/recommendations', asked),
  'a chat': post('/v1/chat/completions', chat),
  'a chat that is streamed': post('/v1/chat/completions', stream),
  'forty questions at once': post('/v1/recommendations', asked).repeat(40),
  'a question and then what is no HTTP': `${post('/v1/recommendations', asked)}\u0000\u0001`,
  'a request for a large answer': 'GET /page/runs/smoke/index HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(5),
};

test('whoever hangs up, at whatever moment and in whatever way, is no error in the log, and no error of the server', async (t) => {
  const server = await withServer(t);
  for (const text of Object.values(requests))
    for (const wait of [0, 5, 40])
      for (const way of ['destroy', 'resetAndDestroy', 'end'] as const)
        await new Promise<void>((resolve) => {
          const socket = connect(server.port, '127.0.0.1', () => {
            socket.write(text);
            setTimeout(() => socket[way](), wait);
          });
          socket.on('error', () => {});
          socket.on('data', () => {});
          socket.on('close', () => resolve());
          if (way === 'end') setTimeout(() => socket.destroy(), wait + 20);
        });
  await waitUntil(() => server.run.load().waiting + server.run.load().decoding === 0);
  t.is((await server.post('/v1/recommendations', JSON.parse(asked))).status, 200);
  t.notRegex((await server.get('/metrics')).body, /status="5\d\d"/);
  t.deepEqual(server.log, []);
});
