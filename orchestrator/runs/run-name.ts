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

/** A run as it is asked for: by its name, or as `NAME@2`, which is one of its versions. */
export function parseRunName(asked: string): { name: string; version: number | null } {
  const [, name = asked, version] = /^(.+)@([1-9]\d{0,5})$/.exec(asked) ?? [];
  return { name: checkRunName(name), version: version === undefined ? null : Number(version) };
}
