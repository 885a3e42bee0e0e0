import { platform } from 'node:os';
import { execa } from 'execa';

/** Opens an address in the person's browser, without waiting for it; calls `onFailure` where there is none. */
export function openBrowser(address: string, onFailure: () => void): void {
  const [command, ...args] = opener(platform(), address);
  const browser = execa(command, args, { stdio: 'ignore', detached: true, cleanup: false, reject: false });
  // Some wait until the browser is closed: that must not keep us.
  browser.unref();
  void browser.then(({ failed }) => {
    if (failed) onFailure();
  });
}

/** The program that opens addresses, and what it is given; no shell reads it. */
export function opener(system: NodeJS.Platform, address: string): [string, ...string[]] {
  if (system === 'darwin') return ['open', address];
  if (system === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return ['xdg-open', address];
}
