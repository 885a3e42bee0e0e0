import { connect } from 'node:net';

/** Sends bytes as they are, in pieces if there are several, and gives all that comes back until the connection ends. */
export function rawRequest(port: number, ...pieces: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        await new Promise((next) => setTimeout(next, 20));
      }
    });
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    // A server that hangs up on a flood resets the connection: what it said before counts.
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}
