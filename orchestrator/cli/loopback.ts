import { isIP } from 'node:net';

/** How a browser on this machine calls it. */
export const loopbackNames = ['localhost', '127.0.0.1', '[::1]', '::1'];

/** Can only this machine reach a server at this address? */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
