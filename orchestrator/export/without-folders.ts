/** Behind these signs of a text a path may begin. */
const before = String.raw`(?<=^|[\s"'=:(,;|>\[{\u0060])`;
/** `/home/me/…`, `C:\Users\me\…`, `\\server\share\…`, `~/…` and `file:///…`; blanks within quotes, or behind a backslash. */
const path = new RegExp(
  `${before}(?:file://)?(?:/(?!/)|[A-Za-z]:[\\\\/]|\\\\\\\\|~/)(?:(?<="[^"]*)[^"\n]+(?=")|(?<='[^']*)[^'\n]+(?=')|(?:\\\\.|[^\\s"'\`;|<>)\\]}])+)`,
  'g',
);
const wholePath = /^(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]|\\\\|~\/)/;

/**
 * A value of JSON or YAML without the folders of this machine, which say nothing to others and too much of their owner:
 * of an absolute path the last name stays. `isPath` knows the settings (`dataset.path`) that are a path as a whole.
 */
export function withoutFolders<T>(value: T, isPath: (setting: string) => boolean = () => false): T {
  return walk(value, '', isPath) as T;
}

function walk(value: unknown, setting: string, isPath: (setting: string) => boolean): unknown {
  if (typeof value === 'string')
    return isPath(setting) && wholePath.test(value) ? lastName(value) : value.replace(path, lastName);
  if (Array.isArray(value)) return value.map((each) => walk(each, setting, isPath));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      walk(inner, setting ? `${setting}.${key}` : key, isPath),
    ]),
  );
}

function lastName(found: string): string {
  return `…/${found.split(/[\\/]/).findLast((part) => part.trim() !== '') ?? ''}`;
}
