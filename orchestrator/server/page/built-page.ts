import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../../shared/package-root.ts';

/** Where the built page lies, in a clone as in the package. */
export const builtPage: string = join(packageRoot, 'dist', 'page');

/**
 * Builds the page in a clone where its sources are newer; the package comes with it. It is `serve` that asks for it, so
 * that neither the first run nor a test waits for a page that is not used.
 */
export async function buildPageInClone(): Promise<void> {
  const script = join(packageRoot, 'scripts', 'bootstrap.mjs');
  if (!existsSync(join(packageRoot, 'page')) || !existsSync(script)) return;
  await execa(process.execPath, [script, '--page'], { reject: false, stdout: 'ignore', stderr: 'inherit' });
}
