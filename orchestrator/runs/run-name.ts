import { UserError } from '../shared/errors.ts';

/** A run's name is also its folder's: letters, digits, `.`, `-`, `_`, so that nothing is written elsewhere. */
export function checkRunName(name: string): string {
  if (/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/.test(name)) return name;
  throw new UserError(
    'runs/bad-name',
    `cannot be the name of a run; expected at most 64 letters, digits, dots, - or _, beginning with a letter or digit, got ${JSON.stringify(name.slice(0, 80))}`,
    { place: '--run', remedy: 'Choose a name like beauty-2, without folders in it.' },
  );
}
