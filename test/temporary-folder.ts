import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of the test's own, links resolved, gone when the test ends. */
export function temporaryFolder(t: { teardown(clean: () => void): void }): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-llm-test-')));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
