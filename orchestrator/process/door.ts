import { fileURLToPath } from 'node:url';

/**
 * What starts a file of ours as a process of its own: `name` without its extension, beside the module of `url`. It has
 * the extension of that module: `.ts` under tsx, `.js` when compiled.
 */
export function doorCommand(url: string, name: string): [node: string, ...args: string[]] {
  const extension = url.endsWith('.ts') ? '.ts' : '.js';
  const door = fileURLToPath(new URL(`./${name}${extension}`, url));
  return [process.execPath, ...nodeArguments(extension), door];
}

/** A child gets our own Node options (memory limits, the loader of TypeScript), but never our debugger's port. */
function nodeArguments(extension: string): string[] {
  const inherited = process.execArgv.filter((argument) => !argument.startsWith('--inspect'));
  const needsLoader = extension === '.ts' && !inherited.some((argument) => argument.startsWith('--import'));
  return needsLoader ? [...inherited, `--import=${import.meta.resolve('tsx')}`] : inherited;
}
