import { statSync } from 'node:fs';

/** Whether a file lies at a path; a folder is none. Throws if this user has no permission to look. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
