import { statSync } from 'node:fs';

/**
 * Whether something is at a path. Throws where this user may not look: what cannot be seen is not missing, and nobody
 * should make it anew, or go without it, for want of rights.
 */
export function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    if (mayNotLook(error)) throw error;
    return false;
  }
}

/** Also where an error of ours tells of it. */
export function mayNotLook(error: unknown): boolean {
  const { code, cause } = error as NodeJS.ErrnoException;
  return ['EACCES', 'EPERM', 'EIO'].includes(code ?? '') || (cause instanceof Error && mayNotLook(cause));
}
