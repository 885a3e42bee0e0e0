import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const settings = ['package.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Whether `dist` holds what the sources are now; `stamp` is a file written when they were last compiled. */
export function isCompiled(root, stamp = join(root, 'dist', '.compiled')) {
  if (!existsSync(stamp)) return false;
  const newest = Math.max(
    ...settings.map((name) => modifiedAt(join(root, name))),
    newestIn(join(root, 'orchestrator'), '.ts'),
  );
  return modifiedAt(stamp) >= newest;
}

/** Of the files with this ending below a folder, and of the folders: when one was last changed. */
export function newestIn(folder, ending) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const kept = entries.filter((entry) => entry.isDirectory() || entry.name.endsWith(ending));
  return Math.max(...kept.map((entry) => modifiedAt(join(entry.parentPath, entry.name))));
}

export function modifiedAt(path) {
  return statSync(path).mtimeMs;
}
