import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../../shared/errors.ts';

/** Throws a UserError where there is no such program on the PATH. */
export function checkProgram(program: string, remedy: string): void {
  const folders = (process.env.PATH ?? '').split(delimiter);
  if (!folders.some((folder) => isProgram(join(folder, program)))) throw noSuchProgram(program, remedy);
}

export function noSuchProgram(program: string, remedy: string): UserError {
  return new UserError('peft/no-such-program', 'the program is not there', { place: program, remedy });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
