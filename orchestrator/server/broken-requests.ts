import type { Socket } from 'node:net';
import type { ErrorAnswer } from '../serving/index.ts';

const answers: Record<string, [status: string, message: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request took too long to arrive'],
};

/** Time for the answer to arrive before the connection is closed. */
const lastWordsMilliseconds = 500;

/**
 * Answers requests that are not HTTP, too slow or too large to be read, in OpenAI's shape, and closes the connection.
 */
export function answerBrokenRequests(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, message] = answers[error.code ?? ''] ?? ['400 Bad Request', 'this is no HTTP request'];
  const answer: ErrorAnswer = {
    error: { message, type: 'invalid_request_error', param: null, code: error.code ?? null },
  };
  const body = JSON.stringify(answer);
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(head + body);
  // A client that does not close its side would keep the connection.
  setTimeout(() => socket.destroy(), lastWordsMilliseconds).unref();
}
