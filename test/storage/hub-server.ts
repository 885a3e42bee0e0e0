import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { env } from '@huggingface/transformers';
import type { ExecutionContext } from 'ava';

export interface HubServer {
  /** Every request as `METHOD path range`. */
  requests: string[];
  /** What a path (below `/owner/name/resolve/main/`) answers, in place of the file, for the next request of it. */
  misbehave: Map<string, Misbehaviour>;
  close(): Promise<void>;
}

/** Cuts the answer after some bytes, answers with a status, or with another length than it says. */
export type Misbehaviour = { cutAfter: number } | { status: number };

/** A hub on this machine that the transformers library is set to, with resumable downloads as the real one has. */
export async function serveHub(t: ExecutionContext, files: Record<string, Buffer>): Promise<HubServer> {
  const requests: string[] = [];
  const misbehave: HubServer['misbehave'] = new Map();
  const server = createServer((request, response) => {
    const range = request.headers.range ?? '';
    requests.push(`${request.url} ${range}`.trim());
    const name = decodeURIComponent(request.url?.replace(/^\/owner\/name\/resolve\/main\//, '') ?? '');
    const bad = misbehave.get(name);
    misbehave.delete(name);
    const content = files[name];
    if (bad && 'status' in bad) return void response.writeHead(bad.status).end();
    if (!content) return void response.writeHead(404).end();
    const etag = `"${createHash('sha256').update(content).digest('hex')}"`;
    const start = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0);
    const body = content.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      etag,
      'content-length': body.length,
      ...(start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    if (bad) response.write(body.subarray(0, bad.cutAfter), () => setTimeout(() => response.destroy(), 50));
    else response.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  env.remoteHost = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  t.teardown(close);
  return { requests, misbehave, close };
}
