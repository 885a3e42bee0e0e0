import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';

/** A temporary folder of the test's own. */
export function withFolder(t: ExecutionContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-runs-')));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
