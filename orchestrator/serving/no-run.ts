import { UserError } from '../shared/errors.ts';

/** The error of a name that no run has. */
export function noRun(folder: string, name: string): UserError {
  return new UserError('serving/no-run', `there is no run "${name}"`, {
    place: folder,
    remedy: 'eager-llm runs ls lists the runs; eager-llm run RECIPE makes one.',
  });
}
