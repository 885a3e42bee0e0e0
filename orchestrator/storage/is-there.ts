import { statSync } from 'node:fs';

/**
 * Whether something exists at a path. Throws if this user has no permission to look: what cannot be seen is not missing,
 * and must be neither recreated nor done without.
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

/** Also true for one of our errors with this cause. */
export function mayNotLook(error: unknown): boolean {
  const { code, cause } = error as NodeJS.ErrnoException;
  return ['EACCES', 'EPERM', 'EIO'].includes(code ?? '') || (cause instanceof Error && mayNotLook(cause));
}
